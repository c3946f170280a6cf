"""The layer tree: what is shown, in which order, how old it is, and whose wish that is."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from app.services import Services
from maps.layers.link_states import LinkStates
from maps.layers.mover_layer import MoverLayer
from maps.layers.network_layer import NetworkLayer
from maps.layers.traffic_layer import TrafficLayer
from tests.support.fake_services import NOW, USERS, FakeClock, incident, put
from tests.support.mouse import hover
from widgets.map.layers.model import ROW, LayerRow
from widgets.map.layers.tree import LayerTree
from widgets.map.live_movers import no_vehicles
from widgets.map.overlay import Overlay
from widgets.map.panel import MapPanel

LEFT = Qt.MouseButton.LeftButton
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def tree(panel: MapPanel) -> LayerTree:
    panel.overlay.toggle_tree()
    return panel.overlay.tree


def row_of(tree: LayerTree, layer_id: str) -> LayerRow:
    item = tree.model.item_of(layer_id)
    assert item is not None
    row = item.data(ROW)
    assert isinstance(row, LayerRow)
    return row


def ids(panel: MapPanel, group: str) -> list[str]:
    """A group's layers as they are drawn, the lowest first."""
    return [layer.id for layer in panel.canvas.layers if layer.group == group]


def traffic(panel: MapPanel, **values: object) -> TrafficLayer:
    roads = panel.stack.get("roads")
    assert isinstance(roads, NetworkLayer)
    states = LinkStates(np.ones((len(roads.network), 2), dtype=np.uint8))
    made = TrafficLayer(
        id="traffic", title="路况", source="浮动车", group="road", as_of=NOW, stale_s=300.0,
        states=states,
    )  # fmt: skip
    return replace(made, **values)  # type: ignore[arg-type]  # fields by name


def test_space_hides_a_layer_and_it_stays_hidden(
    panel: MapPanel, tree: LayerTree, services: Services
) -> None:
    tree.view.choose("incident")
    QTest.keyClick(tree.view, Qt.Key.Key_Space)
    layer = panel.stack.get("incident")
    assert layer is not None
    assert not layer.visible
    assert not row_of(tree, "incident").visible
    assert services.preferences.get("map.layers.SHIFT_CHIEF") == {
        "layers": {"incident": {"visible": False}}
    }


def test_the_box_ticks_and_the_name_only_chooses(panel: MapPanel, tree: LayerTree) -> None:
    item = tree.model.item_of("camera")
    assert item is not None
    row = tree.view.visualRect(item.index())
    QTest.mouseClick(tree.view.viewport(), LEFT, pos=QPoint(120, row.center().y()))
    assert tree.view.layer == "camera"
    assert row_of(tree, "camera").visible
    QTest.mouseClick(tree.view.viewport(), LEFT, pos=QPoint(18, row.center().y()))
    assert not row_of(tree, "camera").visible


def test_alt_and_arrow_move_a_layer_within_its_group(panel: MapPanel, tree: LayerTree) -> None:
    assert ids(panel, "facility") == ["facility", "sign", "camera"]
    tree.view.choose("facility")
    QTest.keyClick(tree.view, Qt.Key.Key_Up, ALT)
    assert ids(panel, "facility") == ["sign", "facility", "camera"]
    assert tree.view.layer == "facility"
    QTest.keyClick(tree.view, Qt.Key.Key_Up, ALT)
    QTest.keyClick(tree.view, Qt.Key.Key_Up, ALT)
    assert ids(panel, "facility") == ["sign", "camera", "facility"]
    layers = [layer.id for layer in panel.canvas.layers]
    assert layers.index("facility") < layers.index("incident")


def test_a_drop_moves_a_layer_to_where_it_fell(panel: MapPanel, tree: LayerTree) -> None:
    tree.view.choose("camera")
    item = tree.model.item_of("facility")
    assert item is not None
    place = QPointF(tree.view.visualRect(item.index()).bottomLeft()) + QPointF(60, -4)
    drop = QDropEvent(
        place, Qt.DropAction.MoveAction, QMimeData(), LEFT, Qt.KeyboardModifier.NoModifier
    )
    tree.view.dropEvent(drop)
    assert ids(panel, "facility") == ["camera", "facility", "sign"]


def test_opacity_and_scales_reach_the_layer(panel: MapPanel, tree: LayerTree) -> None:
    tree.view.choose("roads")
    QTest.keyClick(tree.details.opacity, Qt.Key.Key_PageDown)
    near = tree.details.near
    near.setFocus()
    near.setCurrentIndex(near.findText("1:100\u2009000"))
    near.activated.emit(near.currentIndex())
    layer = panel.stack.get("roads")
    assert layer is not None
    assert layer.opacity == pytest.approx(0.9)
    assert layer.zooms[0] == 2.0
    assert layer.zooms[1] == pytest.approx(12.06, abs=0.1)


def test_a_layer_out_of_its_scales_is_told(qtbot: QtBot, panel: MapPanel, tree: LayerTree) -> None:
    panel.canvas.zoom_by(3.0)
    qtbot.waitUntil(lambda: not row_of(tree, "skeleton").in_scale)
    assert "此比例尺不显示" in str(row_of(tree, "skeleton"))
    panel.canvas.zoom_by(-5.0)
    qtbot.waitUntil(lambda: row_of(tree, "skeleton").in_scale)


def test_back_to_the_role_s_own_set(panel: MapPanel, tree: LayerTree) -> None:
    assert not tree.reset.isEnabled()
    panel.stack.show("sea", False)
    panel.stack.move("facility", None)
    assert tree.reset.isEnabled()
    QTest.mouseClick(tree.reset, LEFT)
    assert [layer.id for layer in panel.stack.all if not layer.visible] == ["density"]
    assert ids(panel, "facility") == ["facility", "sign", "camera"]
    assert not tree.reset.isEnabled()


def test_each_role_has_a_set_of_its_own(
    panel: MapPanel, tree: LayerTree, services: Services
) -> None:
    panel.stack.show("sea", False)
    services.session.user = next(user for user in USERS.values() if user.role == "VIDEO_OP")
    services.preferences.changed.emit("")  # as when another user's are taken over
    shown = {layer.id: layer.visible for layer in panel.stack.all}
    assert shown["sea"]
    assert not shown["sign"], "first hidden for this role"


def test_a_change_is_a_changed_row_never_a_reset(
    qtbot: QtBot, panel: MapPanel, tree: LayerTree, services: Services
) -> None:
    tree.view.choose("roads")
    model = tree.model
    changed: set[str] = set()
    model.dataChanged.connect(lambda at, *_: changed.add(at.data()))
    with (
        qtbot.assertNotEmitted(model.modelReset),
        qtbot.assertNotEmitted(model.rowsRemoved),
        qtbot.assertNotEmitted(model.rowsInserted),
        qtbot.waitSignal(panel.feed.built),
    ):
        services.store.apply(put(incident(1), incident(2)))
    assert changed == {"未结事件"}
    assert row_of(tree, "incident").count == 2
    assert tree.view.layer == "roads"


def test_an_old_layer_says_so_in_words(
    panel: MapPanel, tree: LayerTree, services: Services
) -> None:
    panel.stack.put(traffic(panel))
    assert row_of(tree, "traffic").age.text == "0 秒前"
    clock = services.clock
    assert isinstance(clock, FakeClock)
    clock.time += timedelta(minutes=6)
    tree._refresh()  # what its timer does each second
    assert row_of(tree, "traffic").age.text == "过时 · 6 分钟前"
    assert row_of(tree, "traffic").age.is_stale


def test_traffic_colours_its_roads_only_while_it_is_shown(panel: MapPanel) -> None:
    layer = traffic(panel)
    panel.stack.put(layer)

    def roads() -> NetworkLayer:
        drawn = next(o for o in panel.canvas.layers if o.id == "roads")
        assert isinstance(drawn, NetworkLayer)
        return drawn

    assert roads().states is layer.states
    coloured = roads()
    panel.stack.put(replace(panel.stack.all[-1], title="未结"))
    assert roads() is coloured, "what did not change stays the same object"
    panel.stack.show("traffic", False)
    assert roads().states is None
    assert "traffic" not in {o.id for o in panel.canvas.layers}


def test_the_legend_explains_what_is_shown(panel: MapPanel) -> None:
    said = panel.overlay.legend.words
    assert {"高速公路", "特别重大 I"} <= set(said)
    panel.stack.put(traffic(panel))
    said = panel.overlay.legend.words
    assert {"畅通", "严重拥堵", "无数据", "封闭", "施工", "绕行"} <= set(said)
    assert "高速公路" not in said
    panel.stack.show("traffic", False)
    assert "畅通" not in panel.overlay.legend.words


def test_kinds_of_vehicles_are_shown_as_ticked(
    panel: MapPanel, tree: LayerTree, services: Services
) -> None:
    panel.stack.put(no_vehicles(services.rules.live))
    tree.view.choose("vehicles")
    boxes = {box.text(): box for box in tree.details.kinds.findChildren(QCheckBox)}
    assert {"公交车", "危险货物车", "停驶"} <= set(boxes)
    boxes["公交车"].click()
    layer = panel.stack.get("vehicles")
    assert isinstance(layer, MoverLayer)
    assert layer.hidden_kinds == {0}
    assert "公交车" not in panel.overlay.legend.words
    panel.stack.put(no_vehicles(services.rules.live))  # the next second
    again = panel.stack.get("vehicles")
    assert isinstance(again, MoverLayer)
    assert again.hidden_kinds == {0}
    tree.reset.click()
    assert panel.stack.get("vehicles") != again
    states = [box for box in tree.details.kinds.findChildren(QCheckBox) if box.isVisible()]
    assert all(box.isChecked() for box in states)


def test_escape_gives_the_keyboard_back_to_the_map(panel: MapPanel, tree: LayerTree) -> None:
    assert panel.window().focusWidget() is tree.view
    QTest.keyClick(tree.view, Qt.Key.Key_Escape)
    assert not tree.isVisible()
    assert panel.window().focusWidget() is panel.canvas


def test_tab_goes_from_the_map_to_all_that_stands_on_it(panel: MapPanel, tree: LayerTree) -> None:
    over = panel.overlay
    seen: list[QWidget] = []
    at: QWidget | None = panel.canvas
    while at is not None and (at := at.nextInFocusChain()) is not panel.canvas:
        if at.isVisible() and at.focusPolicy() & Qt.FocusPolicy.TabFocus:
            part = next((o for o in parts_of(over) if o is at or o.isAncestorOf(at)), None)
            if part is not None and part not in seen:
                seen.append(part)
    assert seen == parts_of(over)


def parts_of(over: Overlay) -> list[QWidget]:
    """As the eye goes: from the upper left to the lower left."""
    return [over.legend, over.find, over.tree, over.tools, over.readout]


def test_everything_in_the_tree_has_a_name_for_screen_readers(tree: LayerTree) -> None:
    tree.view.choose("roads")
    spoken: list[QWidget] = [tree.view, tree.details.opacity]
    spoken += tree.findChildren(QToolButton) + tree.findChildren(QComboBox)
    nameless = [o for o in spoken if o.isVisible() and not o.accessibleName()]
    assert nameless == []
    assert "未结事件, 显示" in str(row_of(tree, "incident"))


@pytest.mark.parametrize(
    ("size", "opened"),
    [
        *itertools.product([(900, 600), (1920, 1080), (560, 480), (420, 640)], [False, True]),
        ((300, 640), False),
        ((246, 322), False),
    ],
)
def test_nothing_on_the_map_covers_another(
    qtbot: QtBot, panel: MapPanel, size: tuple[int, int], opened: bool
) -> None:
    panel.stack.put(traffic(panel))
    panel.setMinimumSize(1, 1)  # a dock gives what it has
    panel.resize(*size)
    over = panel.overlay
    if opened:
        over.toggle_tree()
        over.tree.view.choose("traffic")
    hover(panel.canvas, QPoint(300, 300))
    hover(panel.canvas, QPoint(310, 310))
    qtbot.wait(50)  # layouts settle
    parts: list[QWidget] = [over.legend, over.find, over.tree, over.tools, over.readout]
    shown = [part for part in parts if part.isVisible()]
    least = over.tools.minimumSizeHint()
    assert over.tools.size().expandedTo(least) == over.tools.size()
    assert over.legend.width() >= over.legend.minimumSizeHint().width() or over.legend.isHidden()
    for at, part in enumerate(shown):
        assert panel.canvas.rect().contains(part.geometry()), part
        for other in shown[at + 1 :]:
            assert not part.geometry().intersects(other.geometry()), (part, other)


def test_find_takes_its_room_back_from_the_tree(qtbot: QtBot, panel: MapPanel) -> None:
    panel.resize(560, 480)
    panel.toggle_layers()
    qtbot.waitUntil(panel.overlay.find.isHidden)
    panel.find_place()
    assert panel.focusWidget() is panel.overlay.find.edit
    assert not panel.overlay.tree.isVisible()
