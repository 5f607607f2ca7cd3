"""`make bench`: our pages beside bare SQL and Django's admin, in one loop, at two sizes."""
