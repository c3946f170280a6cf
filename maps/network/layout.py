"""The layout of a network file (``.tnet``), a column file (``maps.columns``).

- ``link.class``, ``link.flags``, ``link.way``, ``link.name``, ``link.ref``: one row per link; name
  and ref are numbers of texts,
- ``line.vertices`` (V, 2) and ``line.offsets`` (L + 1,): every link on the Mercator grid,
- ``text.bytes``, ``text.offsets``: distinct texts in UTF-8, text 0 is empty,
- ``level.Z.segments``, ``level.Z.keys``, ``level.Z.offsets``: segments for zooms in
  [Z - 0.5, Z + 0.5), sorted by tile,
- ``label.name.…`` and ``label.ref.…``: lines that carry a name or a route number: ``vertices``,
  ``offsets``, ``text``, ``class``.

The header's ``meta`` holds ``layout``, ``links``, ``extent``, ``fingerprint``, which names this
packing for whoever keeps link ids elsewhere, and ``flaws``, what was left out.
"""

from typing import Final

KIND: Final = "road-network"
VERSION: Final = 3  # of this layout, in the header's ``meta``
FIRST_LEVEL: Final = 2
FULL_LEVEL: Final = 16  # every vertex

# Columns of a level's segments, all int32: end points in the direction in which the link is drawn,
# link, distance from the start of its run of links.
SEGMENT: Final = ("x0", "y0", "x1", "y1", "link", "along")
