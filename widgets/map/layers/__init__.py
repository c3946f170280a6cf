"""The layer tree: what the map shows, in which order, from where and how old."""
