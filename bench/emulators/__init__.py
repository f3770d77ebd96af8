"""Emulators that others make from a contract, started from ours: how faithful each is."""
