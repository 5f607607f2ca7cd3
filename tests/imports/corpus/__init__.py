"""Hostile and odd files, made here and small; of each what is right stands beside it."""
