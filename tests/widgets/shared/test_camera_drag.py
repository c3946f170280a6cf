"""What is dragged as a camera arrives as the same camera."""

from PySide6.QtCore import QMimeData

from widgets.shared.camera_drag import CAMERA_MIME, camera_mime, camera_of


def test_id_survives_the_way_through_mime_data() -> None:
    data = camera_mime("camera-滨海-01")
    assert data.formats() == [CAMERA_MIME]
    assert camera_of(data) == "camera-滨海-01"


def test_other_things_are_no_camera() -> None:
    data = QMimeData()
    data.setText("camera-1")
    assert camera_of(data) == ""
