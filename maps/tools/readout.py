"""Coordinates in words: the cursor's place, and why a typed one was not understood."""

from PySide6.QtCore import QCoreApplication

from maps.geo.datum import Datum, from_wgs84
from maps.geo.parse import CoordinateFault


def readout(lon: float, lat: float, datum: Datum = Datum.WGS84) -> str:
    """A WGS-84 position in a datum: "117.702214, 38.978431 WGS-84"."""
    east, north = from_wgs84([lon, lat], datum).tolist()
    return f"{east:.6f}, {north:.6f} {datum}"


def fault_text(fault: CoordinateFault) -> str:
    """What is wrong with a typed coordinate, and how to write one."""
    translate = QCoreApplication.translate
    reason = {
        CoordinateFault.EMPTY: translate("Map", "请输入坐标。"),
        CoordinateFault.NOT_TWO: translate("Map", "坐标应为经度和纬度两个数。"),
        CoordinateFault.EXTRA: translate("Map", "坐标中有无法识别的文字。"),
        CoordinateFault.SAME_AXIS: translate("Map", "两个数是同一方向,缺少经度或纬度。"),
        CoordinateFault.MINUTES: translate("Map", "分和秒应小于 60。"),
        CoordinateFault.RANGE: translate("Map", "经度应在 ±180°、纬度应在 ±90° 之内。"),
    }[fault]
    example = translate("Map", "例:117.702214,38.978431 或 38°58′42″N 117°42′08″E GCJ-02")
    return f"{reason}\n{example}"
