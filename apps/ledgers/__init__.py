"""What a ledger is: every subject may declare one, and the imports bring it in."""
