"""Tours 轮巡 beside the wall: kept lists of cameras, run on one or several tiles."""
