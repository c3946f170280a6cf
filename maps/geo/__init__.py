"""Projection, datums, typed coordinates and the camera. No Qt."""
