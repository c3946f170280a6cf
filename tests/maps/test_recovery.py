"""A map goes on after its OpenGL context is lost."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QOffscreenSurface
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from maps.canvas import MapCanvas
from maps.failure_page import failure_text
from maps.render import context
from maps.render.context import RenderError
from maps.render.request import Failure
from maps.theme import DARK
from tests.maps.test_canvas import colour, sea_layer, settled, show

AGAIN = "WARNING maps.render.thread: the map's OpenGL context is made anew"


@contextmanager
def losing(times: list[bool], surface: QOffscreenSurface) -> Iterator[Callable[[], bool]]:
    """A context that is lost whenever the list says so."""
    with context.current(surface) as is_current:
        yield lambda: is_current() and not (times and times.pop(0))


def test_a_lost_context_is_made_anew_and_the_picture_comes(
    qtbot: QtBot,
    canvas: MapCanvas,
    monkeypatch: pytest.MonkeyPatch,
    expect_log: Callable[[str], None],
) -> None:
    lost = [False, True, True]
    monkeypatch.setattr("maps.render.thread.current", lambda surface: losing(lost, surface))
    expect_log(AGAIN)
    image = show(qtbot, canvas, 12.0, sea_layer())
    assert colour(image, 300, 250) == DARK.sea
    canvas.set_camera(canvas.camera.panned(-40, 0))
    image = settled(qtbot, canvas)
    assert lost == []
    assert colour(image, 300, 250) == DARK.sea


def test_an_error_while_drawing_is_survived(
    qtbot: QtBot,
    canvas: MapCanvas,
    monkeypatch: pytest.MonkeyPatch,
    expect_log: Callable[[str], None],
) -> None:
    show(qtbot, canvas, 12.0, sea_layer())
    from maps.render.area_item import AreaItem

    draw, errors = AreaItem.draw, [RuntimeError("out of memory")]

    def failing(item: AreaItem, frame: object) -> None:
        if errors:
            raise errors.pop()
        draw(item, frame)  # type: ignore[arg-type]  # what the scene gives

    monkeypatch.setattr(AreaItem, "draw", failing)
    expect_log(AGAIN)
    image = show(qtbot, canvas, 11.5, sea_layer())
    assert errors == []
    assert colour(image, 300, 250) == DARK.sea


def test_texts_that_cannot_be_placed_are_not_tried_for_ever(
    qtbot: QtBot,
    canvas: MapCanvas,
    monkeypatch: pytest.MonkeyPatch,
    expect_log: Callable[[str], None],
) -> None:
    from maps.render.labelling import Labelling

    def failing(*_: object) -> None:
        raise ValueError("no such letter")

    monkeypatch.setattr("maps.render.thread._PAUSES_S", (0.0, 0.01))
    monkeypatch.setattr(Labelling, "place", failing)
    expect_log(AGAIN)
    expect_log("ERROR maps.render.thread: no map")
    with qtbot.waitSignal(canvas.failed) as failed:
        canvas.show()
    assert failed.args is not None
    assert "no such letter" in failed.args[0].detail


def test_what_never_recovers_ends_on_the_page(
    qtbot: QtBot,
    canvas: MapCanvas,
    monkeypatch: pytest.MonkeyPatch,
    expect_log: Callable[[str], None],
) -> None:
    monkeypatch.setattr("maps.render.thread._PAUSES_S", (0.0, 0.01))
    show(qtbot, canvas, 12.0, sea_layer())
    lost = [True] * 10
    monkeypatch.setattr("maps.render.thread.current", lambda surface: losing(lost, surface))
    canvas.close()
    expect_log("ERROR maps.render.thread: no map")
    with qtbot.waitSignal(canvas.failed) as failed:
        canvas.show()
    assert failed.args is not None
    assert "lost" in failed.args[0].detail


def test_showing_again_tries_again(
    qtbot: QtBot,
    canvas: MapCanvas,
    monkeypatch: pytest.MonkeyPatch,
    expect_log: Callable[[str], None],
) -> None:
    @contextmanager
    def none(_surface: QOffscreenSurface) -> Iterator[None]:
        raise RenderError(context.Missing.CONTEXT, "no OpenGL context")
        yield

    with monkeypatch.context() as patch:
        patch.setattr("maps.render.thread.current", none)
        expect_log("ERROR maps.render.thread: no map")
        with qtbot.waitSignal(canvas.failed):
            canvas.show()
    canvas.hide()
    image = show(qtbot, canvas, 12.0, sea_layer())
    assert colour(image, 300, 250) == DARK.sea


def test_two_maps_draw_side_by_side(qtbot: QtBot, canvas: MapCanvas) -> None:
    other = MapCanvas()
    other.resize(400, 300)
    try:
        first = show(qtbot, canvas, 12.0, sea_layer())
        second = show(qtbot, other, 13.0, sea_layer())
        assert colour(first, 300, 250) == colour(second, 300, 250) == DARK.sea
        canvas.close()
        other.set_camera(other.camera.panned(-30, 0))
        assert colour(settled(qtbot, other), 300, 250) == DARK.sea
    finally:
        other.close()
        other.deleteLater()


def test_a_hidden_map_comes_back_with_a_new_picture(qtbot: QtBot, canvas: MapCanvas) -> None:
    show(qtbot, canvas, 12.0, sea_layer())
    canvas.hide()
    canvas.set_camera(canvas.camera.panned(-50, 0))
    assert not canvas.is_crisp
    settled(qtbot, canvas)
    assert canvas.is_crisp


def test_on_a_finer_screen_the_picture_is_finer(
    qtbot: QtBot, canvas: MapCanvas, monkeypatch: pytest.MonkeyPatch
) -> None:
    show(qtbot, canvas, 12.0, sea_layer())
    monkeypatch.setattr(canvas, "devicePixelRatioF", lambda: 1.5)
    QApplication.sendEvent(canvas, QEvent(QEvent.Type.DevicePixelRatioChange))
    assert canvas.camera.pixel_ratio == 1.5
    qtbot.waitUntil(lambda: canvas.is_crisp)
    newest = canvas._backdrop._pictures.newest
    assert newest is not None
    assert newest.image.devicePixelRatio() == 1.5
    assert newest.image.width() >= 600


def test_a_map_that_comes_up_on_another_screen_has_its_pixels(
    qtbot: QtBot, canvas: MapCanvas, monkeypatch: pytest.MonkeyPatch
) -> None:
    show(qtbot, canvas, 12.0, sea_layer())
    canvas.hide()
    monkeypatch.setattr(canvas, "devicePixelRatioF", lambda: 2.0)
    canvas.show()
    qtbot.waitUntil(lambda: canvas.is_crisp)
    assert canvas.camera.pixel_ratio == 2.0
    newest = canvas._backdrop._pictures.newest
    assert newest is not None
    assert newest.image.devicePixelRatio() == 2.0


def test_a_map_in_another_window_goes_on(qtbot: QtBot, canvas: MapCanvas) -> None:
    show(qtbot, canvas, 12.0, sea_layer())
    other = QWidget()
    other.resize(500, 400)
    try:
        canvas.setParent(other)
        other.show()
        canvas.show()
        canvas.set_camera(canvas.camera.panned(-30, 0))
        qtbot.waitUntil(lambda: canvas.is_crisp)
        assert colour(canvas.grab().toImage(), 300, 250) == DARK.sea
    finally:
        canvas.close()
        canvas.setParent(None)
        other.close()
        other.deleteLater()


def test_a_view_as_large_as_the_driver_can_draw_is_drawn_without_a_margin(
    qtbot: QtBot, canvas: MapCanvas, monkeypatch: pytest.MonkeyPatch
) -> None:
    from maps.render import core

    monkeypatch.setattr(core, "glGetInteger", lambda _what: 420)
    image = show(qtbot, canvas, 12.0, sea_layer())
    assert colour(image, 300, 250) == DARK.sea
    newest = canvas._backdrop._pictures.newest
    assert newest is not None
    assert (newest.image.width(), newest.image.height()) == (420, 420)


def test_the_page_keeps_its_headline_whatever_the_driver_says(canvas: MapCanvas) -> None:
    told = failure_text(Failure(context.Missing.DRAWING, "0:1: error\n" * 100))
    assert told.startswith("地图无法显示")
    assert len(told) < 400
