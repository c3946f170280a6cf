"""Pictures of the render thread, blitted with the camera's movement since."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from maps.geo.camera import Camera
from maps.render.request import Picture, RenderRequest
from maps.theme import MapTheme

_FARTHEST = 5.0  # zoom levels; a picture blown up more than that shows nothing


class Pictures:
    """The newest picture, and the one that shows most, for when a view runs past the newest."""

    def __init__(self) -> None:
        self.newest: Picture | None = None
        self._widest: Picture | None = None

    @property
    def request(self) -> RenderRequest | None:
        """What the newest picture shows."""
        return None if self.newest is None else self.newest.request

    def add(self, picture: Picture) -> None:
        """Take a new picture."""
        theme = picture.request.theme
        if self._widest is None or self._widest.request.theme is not theme:
            self._widest = picture
        if picture.camera.zoom <= self._widest.camera.zoom:
            self._widest = picture
        self.newest = picture

    def paint(self, painter: QPainter, camera: Camera, theme: MapTheme) -> None:
        """Fill the view: with the newest picture, where it ends with the widest, else with land."""
        newest, widest = self.newest, self._widest
        if newest is None or not _target(newest, camera).contains(_view(camera)):
            painter.fillRect(_view(camera), QColor(theme.land))
            if widest is not None and widest is not newest:
                _blit(painter, widest, camera)
        if newest is not None:
            _blit(painter, newest, camera)


def _blit(painter: QPainter, picture: Picture, camera: Camera) -> None:
    target = _target(picture, camera)
    if camera.zoom - picture.camera.zoom > _FARTHEST or not target.intersects(_view(camera)):
        return
    if abs(camera.zoom - picture.camera.zoom) > 1e-6:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(target, picture.image)
        return
    ratio = camera.pixel_ratio  # whole device pixels: no pixel is blended with its neighbour
    place = QPointF(round(target.left() * ratio) / ratio, round(target.top() * ratio) / ratio)
    painter.drawImage(place, picture.image)


def _target(picture: Picture, camera: Camera) -> QRectF:
    """Where a picture lies in the view: by its middle, for its edge may be beyond the world's."""
    x, y = camera.to_screen(picture.camera.x, picture.camera.y)
    factor = camera.scale / picture.camera.scale
    width, height = picture.camera.width * factor, picture.camera.height * factor
    return QRectF(x - width / 2.0, y - height / 2.0, width, height)


def _view(camera: Camera) -> QRectF:
    return QRectF(0.0, 0.0, camera.width, camera.height)
