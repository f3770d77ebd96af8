"""Laws of the emulator."""
