"""Frozen descriptions of what a map shows. A layer is replaced, never changed.

Layers are matched by ``id``: giving a new description with the same id updates what is drawn.
"""
