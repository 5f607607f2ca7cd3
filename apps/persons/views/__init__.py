"""Pages of persons: a function each, at most 25 lines."""
