"""In which district a place lies is the server's to say, once districts were imported."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.domain.command import Command
from backend.adapters.districts import DistrictIndex
from backend.adapters.unit import Unit


def located(unit: Unit, command: Command, index: DistrictIndex) -> Command:
    """The command with the adcode of each place whose point lies in a district."""
    fields = _placed(unit, command.fields, index)
    facts = fields.get("facts")
    if isinstance(facts, Mapping):
        fields = {**fields, "facts": _placed(unit, facts, index)}
    return replace(command, fields=fields)


def _placed(unit: Unit, fields: Mapping[str, Any], index: DistrictIndex) -> Mapping[str, Any]:
    place = fields.get("place")
    if not isinstance(place, Mapping):
        return fields
    lon, lat = place.get("lon"), place.get("lat")
    if not isinstance(lon, int | float) or not isinstance(lat, int | float):
        return fields
    adcode = index.adcode_at(unit, lon, lat)
    return {**fields, "place": {**place, "adcode": adcode}} if adcode else fields
