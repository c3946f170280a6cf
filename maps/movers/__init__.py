"""Moving things between two fixes: what is believed, where they are, where they were. No Qt."""
