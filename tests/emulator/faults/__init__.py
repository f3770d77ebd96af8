"""Laws of the deliberate defects."""
