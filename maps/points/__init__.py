"""Points: clustering, symbols, hit testing, painting."""
