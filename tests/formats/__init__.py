"""Laws of the named formats."""
