"""What the mouse does on the map. Without a tool a click picks what is under it."""
