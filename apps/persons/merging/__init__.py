"""Two files of one human being: what stands in them, what moves, what stands in the way."""
