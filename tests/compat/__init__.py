"""Laws of comparing two versions of a contract."""
