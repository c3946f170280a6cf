"""What several panels draw with: theme, fonts, severity, clocks, chips, field editors."""
