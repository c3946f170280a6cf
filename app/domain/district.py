"""An administrative district 行政区划 as somebody has imported it."""

from dataclasses import dataclass

type Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class District:
    """`id` is the adcode: six digits of GB/T 2260.

    `polygons`: each an outer ring and its holes; rings are closed, WGS-84 degrees, longitude
    first. `source` and `licence` are the importer's words.
    """

    id: str
    version: int = 0
    name: str = ""
    polygons: tuple[tuple[Ring, ...], ...] = ()
    source: str = ""
    licence: str = ""
    demo: bool = False
