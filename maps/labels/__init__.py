"""Texts on the map: what could be written, what fits, how it looks."""
