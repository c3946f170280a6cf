"""The state of the traffic as a layer: colours of the roads, grey where nobody knows any more."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

import numpy as np

from app.live.links import LinkPicture, Values
from app.text import translate
from maps.layers.link_states import LinkStates
from maps.layers.traffic_layer import TrafficLayer
from maps.network.network import Network

LAYER: Final = "traffic"


@dataclass(slots=True)
class TrafficShown:
    """Makes a new layer only when something looks different. Lives on the GUI thread."""

    stale_s: float
    _picture: LinkPicture | None = None
    _values: Values = field(default_factory=lambda: np.empty((0, 2), dtype=np.uint8))

    def take(self, picture: LinkPicture, now: float) -> TrafficLayer | None:
        """The layer for news, at a time (seconds since 1970); None: it looks as before."""
        known, self._picture = self._picture, picture
        return self.look(now, fresh=known is None or picture.has_news)

    def look(self, now: float, fresh: bool = False) -> TrafficLayer | None:
        """What there is has become older."""
        picture = self._picture
        if picture is None:
            return None
        values = picture.at_time(now, self.stale_s)
        if not fresh and np.array_equal(values, self._values):
            return None
        self._values = values
        return TrafficLayer(
            id=LAYER,
            title=translate("Map", "路况"),
            source=_source(picture.demo),
            as_of=datetime.fromtimestamp(picture.at, UTC),
            stale_s=self.stale_s,
            demo=picture.demo,
            group="road",
            states=LinkStates(values),
        )


def no_traffic(network: Network) -> TrafficLayer:
    """Before anything was told."""
    unknown = np.zeros((len(network), 2), dtype=np.uint8)
    return TrafficLayer(
        id=LAYER,
        title=translate("Map", "路况"),
        source=_source(False),
        group="road",
        states=LinkStates(unknown),
    )


def _source(demo: bool) -> str:
    return translate("Map", "演示路况发生器") if demo else translate("Map", "路况接口")
