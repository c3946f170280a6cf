"""Framebuffers and how they are read, in a context of their own."""

import sys
import time
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from maps.render.context import current, make_surface


@pytest.fixture
def context(qtbot: QtBot) -> Iterator[None]:
    """An OpenGL context that is current in this thread."""
    surface = make_surface()
    with current(surface):
        yield
    surface.destroy()


def striped(height: int) -> tuple[QImage, QImage]:
    """A picture of two colours, read whole and in halves."""
    from maps.render.gl import GL
    from maps.render.target import Reader, Target

    target, reader = Target(), Reader()
    target.begin(64, height, (1.0, 0.5, 0.0, 1.0))
    GL.glEnable(GL.GL_SCISSOR_TEST)
    GL.glScissor(0, 0, 10, height // 3)
    GL.glClearColor(0.0, 0.0, 1.0, 1.0)
    GL.glClear(GL.GL_COLOR_BUFFER_BIT)
    GL.glDisable(GL.GL_SCISSOR_TEST)
    reader.halves = False
    whole = reader.read(target)
    reader.halves = True
    return whole, reader.read(target)


@pytest.mark.parametrize("height", [48, 49])
def test_a_large_picture_read_in_two_halves_is_the_same(
    context: None, height: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("maps.render.target._LARGE", 0)
    whole, halves = striped(height)
    assert whole.pixelColor(0, 0).name() == "#0000ff"
    assert whole.pixelColor(40, height - 1).name() == "#ff8000"
    assert halves == whole


def test_what_a_target_takes_over_is_drawn_upon(context: None) -> None:
    from maps.render.target import Reader, Target

    below, above = Target(), Target()
    below.begin(32, 16, (0.0, 1.0, 0.0, 1.0))
    above.begin_with(below)
    assert Reader().read(above).pixelColor(5, 5).name() == "#00ff00"
    below.begin(8, 8, (1.0, 0.0, 0.0, 1.0))
    assert above.size == (32, 16)
    above.begin_with(below)
    image = Reader().read(above)
    assert (image.width(), image.height()) == (8, 8)
    assert image.pixelColor(7, 7).name() == "#ff0000"


def test_only_a_picture_that_is_gone_lends_its_memory_to_another(context: None) -> None:
    from maps.render.target import Reader, Target

    target, reader = Target(), Reader()
    target.begin(8, 8, (1.0, 0.0, 0.0, 1.0))
    images = {"held": reader.read(target), "gone": reader.read(target)}
    places = {name: _place(image) for name, image in images.items()}
    target.begin(8, 8, (0.0, 0.0, 1.0, 1.0))
    del images["gone"]
    following = reader.read(target)
    assert _place(following) == places["gone"]
    assert following.pixelColor(0, 0).name() == "#0000ff"
    assert images["held"].pixelColor(0, 0).name() == "#ff0000"
    assert _place(reader.read(target)) not in (places["held"], places["gone"])


def _place(image: QImage) -> int:
    """Where its pixels lie."""
    return np.frombuffer(image.constBits(), np.uint8).ctypes.data


def test_what_the_driver_refuses_is_told(context: None) -> None:
    from maps.render.gl import GL, GlError
    from maps.render.target import Reader, Target

    target, reader = Target(), Reader()
    target.begin(8, 8, (0.0, 0.0, 0.0, 1.0))
    GL.glEnable(0xFFFF)
    with pytest.raises(GlError, match="0x500"):
        reader.read(target)
    assert reader.read(target).width() == 8


def test_a_buffer_that_the_driver_does_not_give_is_an_error_and_no_crash(
    context: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from maps.render import core
    from maps.render.gl import GlError
    from maps.render.target import Reader, Target

    monkeypatch.setattr("maps.render.target._LARGE", 0)
    monkeypatch.setattr(core, "glMapBufferRange", lambda *_: None)
    target, reader = Target(), Reader()
    target.begin(8, 8, (0.0, 0.0, 0.0, 1.0))
    reader.halves = True
    with pytest.raises(GlError, match="buffer"):
        reader.read(target)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nobody tells that it slept")
def test_a_context_from_before_the_machine_slept_is_taken_for_lost(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    surface, slept = make_surface(), {time.CLOCK_BOOTTIME: 0.0}
    real = time.clock_gettime
    monkeypatch.setattr(time, "clock_gettime", lambda which: real(which) + slept.get(which, 0.0))
    with current(surface) as is_current:
        assert is_current()
        slept[time.CLOCK_BOOTTIME] = 60.0
        assert not is_current()
    with current(surface) as is_current:
        assert is_current(), "one made since then is good"
    surface.destroy()
