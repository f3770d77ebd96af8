"""Judging: from recorded exchanges to verdicts, without any I/O."""
