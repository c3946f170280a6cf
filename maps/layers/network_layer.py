"""A road network."""

from dataclasses import dataclass

import numpy as np

from maps.layers.layer import Layer
from maps.layers.link_states import LinkStates
from maps.network.network import Network


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkLayer(Layer):
    """Roads drawn by class with level of detail, names and route shields.

    With states the colours are those of the traffic: where a road is wide enough each direction on
    its own right-hand side, elsewhere the worse of the two.

    :raises ValueError: the states are not those of this network
    """

    network: Network
    states: LinkStates | None = None  # None: the roads show their class

    def __post_init__(self) -> None:
        if self.states is None:
            return
        values = self.states.values
        if values.shape != (len(self.network), 2) or values.dtype != np.uint8:
            raise ValueError("states must have one row of two bytes for each link of the network")
