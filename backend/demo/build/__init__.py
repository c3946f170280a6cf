"""Builds the demo city's files under resources/demo from the open data. For developers."""
