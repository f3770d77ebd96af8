"""Laws of the proof by faults."""
