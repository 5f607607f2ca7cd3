"""What happens to a few persons of the demo, so that every page has something to show."""
