"""Talking to a backend: requests out, typed answers and errors in. Never on the GUI thread."""
