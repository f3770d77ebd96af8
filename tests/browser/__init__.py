"""Pages in a real browser: `make browser` brings what this needs and runs it."""
