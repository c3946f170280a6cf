"""The traffic on a road network."""

from dataclasses import dataclass

from maps.layers.layer import Layer
from maps.layers.link_states import LinkStates


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TrafficLayer(Layer):
    """States for the links of another layer, with a source and an age of their own.

    Draws nothing by itself: while it is visible, the owner gives its states to that layer.
    """

    network: str = "roads"  # id of the NetworkLayer that it colours
    states: LinkStates
