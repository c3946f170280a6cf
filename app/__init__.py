"""The seat's client: everything but its widgets and its map."""
