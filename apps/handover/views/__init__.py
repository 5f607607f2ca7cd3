"""Pages of whole files."""
