"""Running: cases are sent to a target, and its states are observed and put back."""
