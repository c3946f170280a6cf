"""What the seat keeps on disk: the server's entities with a search, and its own outbox."""
