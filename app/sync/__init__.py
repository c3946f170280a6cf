"""Keeping seat and backend equal: reader, the one cache writer, pusher, link state."""
