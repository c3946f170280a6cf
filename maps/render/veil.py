"""Layers that let through what lies below them."""

from collections.abc import Callable

from maps.render.frame import Frame
from maps.render.gl import GL, Program
from maps.render.target import Target

_CLEAR = (0.0, 0.0, 0.0, 0.0)


class Veil:
    """Draws a layer apart and puts it onto the picture as a whole.

    So lines that overlap do not add up.
    """

    def __init__(self) -> None:
        self._target = Target()
        self._program = Program("veil", "screen")

    def draw(self, draw: Callable[[Frame], None], frame: Frame, opacity: float) -> None:
        """Draw what `draw` draws into the frame's target."""
        self._target.begin(*frame.target.size, _CLEAR)
        draw(frame.onto(self._target))
        frame.target.bind()
        self._program.use()
        GL.glActiveTexture(GL.GL_TEXTURE0)
        GL.glBindTexture(GL.GL_TEXTURE_2D, self._target.texture)
        GL.glUniform1i(self._program.place("layer"), 0)
        GL.glUniform1f(self._program.place("opacity"), opacity)
        GL.glDrawArrays(GL.GL_TRIANGLES, 0, 3)
