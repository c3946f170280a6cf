"""Camera streams: opened, decoded, judged; the newest picture for the screen. Qt-free."""
