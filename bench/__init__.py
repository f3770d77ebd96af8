"""How fast the suite is: beside today's tools on the same server, beside its own bare client, and as contracts grow."""
