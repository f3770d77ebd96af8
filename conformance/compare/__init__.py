"""Two targets compared: the same cases to both, and what differs between their answers."""
