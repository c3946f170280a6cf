"""The screen: one window, one folder per panel."""
