"""The generated client, tested against the contract that it was generated from."""
