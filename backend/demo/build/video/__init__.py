"""Pictures of the demo city's cameras: drawn road scenes and one real clip, encoded once."""
