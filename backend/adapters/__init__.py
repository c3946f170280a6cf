"""Database, files on disk, wake-ups: everything with a side effect."""
