"""A camera on its way from a list, the map or a case to a tile of the wall."""

from PySide6.QtCore import QMimeData

CAMERA_MIME = "application/x-tocc-camera"


def camera_mime(camera_id: str) -> QMimeData:
    """The camera's id as UTF-8; nothing else, so that no other window takes it for text."""
    data = QMimeData()
    data.setData(CAMERA_MIME, camera_id.encode())
    return data


def camera_of(data: QMimeData) -> str:
    """The id that is being dragged, or "" when it is something else."""
    return bytes(data.data(CAMERA_MIME).data()).decode(errors="replace")
