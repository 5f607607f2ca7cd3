"""Ledgers that bring in more than one subject, and the staff."""
