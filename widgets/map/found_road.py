"""The lines of a road that was found, drawn over the map."""

import re
from collections.abc import Iterator
from typing import Final

from app.text import translate
from maps.geo.mercator import Grid
from maps.labels.plates import route_numbers
from maps.layers.path_layer import PathLayer
from maps.network.network import Network

_CODE: Final = re.compile(r"[A-Z]\d{1,4}[A-Z]?")


def road_path(network: Network, words: str) -> PathLayer:
    """All lines that carry the name, or the route number in front of it. Not on the GUI thread."""
    return PathLayer(
        id="found",
        title=translate("Map", "查找结果"),
        source=translate("Map", "路网"),
        group="road",
        lines=tuple(_lines(network, words)),
    )


def _lines(network: Network, words: str) -> Iterator[Grid]:
    code = words.partition(" ")[0]
    numbered = _CODE.fullmatch(code) is not None
    lines = network.refs if numbered else network.names
    texts = {int(number): network.text(int(number)) for number in set(lines.text.tolist())}
    wanted = {
        number
        for number, text in texts.items()
        if (code in route_numbers(text) if numbered else text == words)
    }
    for row, number in enumerate(lines.text.tolist()):
        if number in wanted:
            begin, end = lines.offsets[row : row + 2]
            yield lines.vertices[begin:end]
