"""The demo city: its builder, and the entities that fill a fresh backend."""
