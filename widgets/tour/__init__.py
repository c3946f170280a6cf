"""The shift story: the real window, played by itself, with pictures and a report."""
