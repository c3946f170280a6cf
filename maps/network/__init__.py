"""A packed road network: level-of-detail pyramid, tiles, picking and label lines. No Qt."""
