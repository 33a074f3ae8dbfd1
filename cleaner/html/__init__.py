"""What a page says: its tree, parsed once, and what is read from it."""
