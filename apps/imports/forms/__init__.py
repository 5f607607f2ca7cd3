"""Forms of ledgers' lines: the same rules as the pages', with words that name the fault."""
