"""Requirements: every sentence of a contract that a server can break."""
