"""Projection and the camera. No Qt."""
