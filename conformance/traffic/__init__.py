"""Traffic that exists already: recorded, read again, told apart by operation, and judged."""
