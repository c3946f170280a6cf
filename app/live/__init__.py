"""Live data: what moves and flows, read as long as somebody shows it. Qt-free."""
