"""What this is: version, licence, whose data it shows."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.services import Services
from widgets.shared.buttons import primary_button
from widgets.shared.fonts import SMALL, TITLE, sans
from widgets.shared.labels import text_label


class AboutDialog(QDialog):
    def __init__(self, services: Services, version: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("关于"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        server = services.link.now.server_version or "—"
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(8)
        column.addWidget(text_label("TOCC Desk", font=sans(TITLE, bold=True)))
        lines = (
            (self.tr("综合交通运行协调指挥中心操作台"), "2"),
            (
                self.tr("客户端 {version} · 后端 {server}").format(version=version, server=server),
                "",
            ),
            (self.tr("许可:Apache License 2.0;第三方许可见 THIRD-PARTY-NOTICES.md"), ""),
            (self.tr("路网与地名:© OpenStreetMap contributors,ODbL 1.0"), ""),
            (self.tr("数据目录:{folder}").format(folder=services.settings.data_dir), "3"),
        )
        for text, tone in lines:
            label = text_label(text, font=sans(SMALL) if tone == "3" else sans(), tone=tone)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(label)
        close = primary_button(self.tr("关闭"))
        close.clicked.connect(self.accept)
        column.addSpacing(8)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
