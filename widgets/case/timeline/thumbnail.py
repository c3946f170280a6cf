"""An attachment in the timeline: its picture, or a sign for a file; opens the file."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QIcon, QImage, QPixmap
from PySide6.QtWidgets import QToolButton
from shiboken6 import isValid

from app.domain.entry import Attachment
from app.messages import Level
from app.services import Services
from widgets.case.timeline.wording import file_text

SIZE = QSize(128, 96)


class Thumbnail(QToolButton):
    """Press to open the file with the system's own program."""

    def __init__(self, services: Services, file: Attachment) -> None:
        super().__init__()
        self._services, self._file = services, file
        self.setToolTip(file_text(file))
        self.setAccessibleName(self.tr("打开附件 {name}").format(name=file.name))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setText(self.tr("打开文件"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._on_clicked)
        if file.media_type.startswith("image/"):
            services.files.thumbnail(file.sha256, self._on_thumbnail)

    def _on_thumbnail(self, image: QImage | None) -> None:
        if not isValid(self):
            return  # another case is shown meanwhile
        if image is None or image.isNull():
            self.setText(self.tr("图片暂不可取,点击重试"))
            return
        picture = QPixmap.fromImage(image).scaled(
            SIZE, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        self.setIcon(QIcon(picture))
        self.setIconSize(picture.size())
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)

    def _on_clicked(self) -> None:
        self._services.files.path(self._file.sha256, self._on_path)

    def _on_path(self, path: Path | None) -> None:
        if not isValid(self):
            return
        if path is None or not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            words = self.tr("无法打开附件 {name}:文件不在本席位,联网后再试").format(
                name=self._file.name
            )
            self._services.messages.post(Level.WARN, words, key="attachment")
