"""The verbs, one module each, with `add(parser)` and `run(arguments) -> int`."""
