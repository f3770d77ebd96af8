"""Cases: requests to send, each with what is expected of it and why."""
