"""What surrounds the panels: bars, docks, palette, login, lock, preferences."""
