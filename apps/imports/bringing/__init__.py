"""What brings the sound lines of a ledger in, through the services of the apps below."""
