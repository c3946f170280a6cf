"""A raster layer on the GPU."""

from maps.geo.camera import Camera
from maps.geo.mercator import to_grid
from maps.layers.raster_layer import RasterLayer
from maps.render.frame import Frame
from maps.render.gl import GL, Program
from maps.render.line_program import set_view


class RasterProgram:
    """Draws one texture over a rectangle of the ground."""

    def __init__(self) -> None:
        self._program = Program("raster")

    def draw(self, texture: int, bounds: tuple[int, int, int, int], camera: Camera) -> None:
        self._program.use()
        set_view(self._program, camera)
        GL.glUniform4i(self._program.place("bounds"), *bounds)
        GL.glUniform1i(self._program.place("picture"), 0)
        GL.glActiveTexture(GL.GL_TEXTURE0)
        GL.glBindTexture(GL.GL_TEXTURE_2D, texture)
        GL.glDrawArrays(GL.GL_TRIANGLE_STRIP, 0, 4)


class RasterItem:
    """A texture with smaller copies of itself, so that far away it does not flicker."""

    def __init__(self, layer: RasterLayer) -> None:
        self.layer = layer
        extent = layer.raster.extent
        west, south = to_grid([extent.west, extent.south]).tolist()
        east, north = to_grid([extent.east, extent.north]).tolist()
        self._bounds = (west, south, east, north)
        self._texture = GL.glGenTextures(1)
        self._upload()

    def _upload(self) -> None:
        pixels = self.layer.raster.pixels
        height, width, _ = pixels.shape
        GL.glActiveTexture(GL.GL_TEXTURE0)
        GL.glBindTexture(GL.GL_TEXTURE_2D, self._texture)
        GL.glPixelStorei(GL.GL_UNPACK_ALIGNMENT, 1)
        GL.glTexImage2D(
            GL.GL_TEXTURE_2D, 0, GL.GL_RGBA8, width, height, 0, GL.GL_RGBA, GL.GL_UNSIGNED_BYTE,
            pixels,
        )  # fmt: skip
        GL.glGenerateMipmap(GL.GL_TEXTURE_2D)
        for side in (GL.GL_TEXTURE_WRAP_S, GL.GL_TEXTURE_WRAP_T):
            GL.glTexParameteri(GL.GL_TEXTURE_2D, side, GL.GL_CLAMP_TO_EDGE)
        small = GL.GL_LINEAR_MIPMAP_LINEAR
        GL.glTexParameteri(GL.GL_TEXTURE_2D, GL.GL_TEXTURE_MIN_FILTER, small)

    def draw(self, frame: Frame) -> None:
        GL.glActiveTexture(GL.GL_TEXTURE0)
        GL.glBindTexture(GL.GL_TEXTURE_2D, self._texture)
        large = GL.GL_LINEAR if self.layer.smooth else GL.GL_NEAREST
        GL.glTexParameteri(GL.GL_TEXTURE_2D, GL.GL_TEXTURE_MAG_FILTER, large)
        frame.programs.get(RasterProgram).draw(self._texture, self._bounds, frame.camera)

    def delete(self) -> None:
        GL.glDeleteTextures(1, [self._texture])
