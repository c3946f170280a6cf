"""What the backend does: one handler per unit of work."""
