"""A second opinion: another tool explores the same target by our rules, and our judge judges what it finds."""
