"""The video wall 视频: cameras, tiles, tours, health."""
