"""A road network."""

from dataclasses import dataclass

from maps.layers.layer import Layer
from maps.layers.link_states import LinkStates
from maps.network.network import Network


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkLayer(Layer):
    """Roads drawn by class with level of detail, names and route shields."""

    network: Network
    states: LinkStates | None = None  # None: the roads show their class
