"""Reading roads from the kinds of files that are packed."""

from pathlib import Path

import geopandas
import numpy as np
import pytest
from shapely import LineString

from installers.road_network import main, read
from maps.network.pack import PackCancelledError
from maps.network.roads import RoadClass, RoadFlag

OSM = """<?xml version="1.0"?>
<osm version="0.6">
  <node id="1" lat="39.0" lon="117.0"/><node id="2" lat="39.0" lon="117.1"/>
  <node id="3" lat="39.0" lon="117.2"/><node id="4" lat="39.1" lon="117.1"/>
  <way id="10"><nd ref="1"/><nd ref="2"/><nd ref="3"/>
    <tag k="highway" v="motorway"/><tag k="ref" v="G2"/></way>
  <way id="11"><nd ref="4"/><nd ref="2"/>
    <tag k="highway" v="residential"/><tag k="oneway" v="-1"/><tag k="bridge" v="yes"/></way>
  <way id="12"><nd ref="3"/><nd ref="4"/><tag k="building" v="yes"/></way>
</osm>
"""


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An extract whose reading is told of at each row."""
    monkeypatch.setattr("installers.road_network._TOLD_EVERY", 1)
    path = tmp_path / "roads.osm"
    path.write_text(OSM)
    return path


def test_ways_are_split_where_they_meet(source: Path) -> None:
    segments = read(source)
    assert segments.way_ids.tolist() == [10, 10, 11]
    assert segments.classes.tolist() == [
        RoadClass.MOTORWAY,
        RoadClass.MOTORWAY,
        RoadClass.RESIDENTIAL,
    ]
    assert list(segments.refs) == ["G2", "G2", ""]


def test_reading_an_extract_tells_how_far_it_is(source: Path) -> None:
    shares: list[float] = []
    read(source, progress=shares.append)
    assert shares == [0.0, 0.5, 1.0]


def test_reading_stops_when_it_is_cancelled(source: Path) -> None:
    shares: list[float] = []
    with pytest.raises(PackCancelledError):
        read(source, progress=shares.append, cancelled=lambda: len(shares) == 1)
    assert shares == [0.0]


def test_a_person_ends_the_packing_and_the_old_file_stays(
    source: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = source.with_suffix(".tnet")
    out.write_bytes(b"as it was")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sys.argv", ["road_network", str(source), str(out)])
    monkeypatch.setattr("maps.columns.memoryview", interrupted, raising=False)
    assert main() == 130
    assert "cancelled" in capsys.readouterr().out
    assert out.read_bytes() == b"as it was"
    assert {path.name for path in source.parent.iterdir()} == {"roads.osm", "roads.tnet"}


def test_a_one_way_runs_the_way_it_is_driven(source: Path) -> None:
    segments = read(source)
    assert segments.flags.tolist() == [
        RoadFlag.ONEWAY,
        RoadFlag.ONEWAY,
        RoadFlag.ONEWAY | RoadFlag.BRIDGE,
    ]
    begin = segments.coords[segments.offsets[2]]
    assert begin == pytest.approx([117.1, 39.0])


def test_a_table_keeps_its_rows(tmp_path: Path) -> None:
    rows = {
        "osm_way_id": [7, 8],
        "highway": ["primary_link", "trunk"],
        "oneway": ["yes", None],
        "name": [None, "津滨大道"],
        "ref": ["", "G1"],
        "bridge": [None, None],
        "tunnel": [None, "yes"],
    }
    lines = [LineString([(117, 39), (118, 39)]), LineString([(117, 39), (117, 40), (118, 40)])]
    source = tmp_path / "roads.gpkg"
    frame = geopandas.GeoDataFrame(rows, geometry=lines, crs=4326)
    frame.to_file(source, layer="segments", driver="GPKG")
    segments = read(source)
    assert segments.offsets.tolist() == [0, 2, 5]
    assert segments.flags.tolist() == [RoadFlag.LINK | RoadFlag.ONEWAY, RoadFlag.TUNNEL]
    assert list(segments.names) == ["", "津滨大道"]


def test_a_graph_has_no_classes(tmp_path: Path) -> None:
    source = tmp_path / "graph.npz"
    np.savez(source, lon=[117.0, 118.0, 119.0], lat=[39.0, 39.5, 40.0], u=[0, 1], v=[2, 0])
    segments = read(source)
    assert segments.coords.tolist() == [[117, 39], [119, 40], [118, 39.5], [117, 39]]
    assert segments.classes.tolist() == [RoadClass.UNKNOWN] * 2


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"roads\.csv"):
        read(tmp_path / "roads.csv")
