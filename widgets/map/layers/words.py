"""What the tree says of a layer: its group, how much it holds, how old it is."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.describe import local_time
from app.link import LinkState, LinkStatus
from app.text import translate
from maps.layers.area_layer import AreaLayer
from maps.layers.heat_layer import HeatLayer
from maps.layers.label_layer import LabelLayer
from maps.layers.layer import Layer
from maps.layers.mover_layer import MoverLayer
from maps.layers.network_layer import NetworkLayer
from maps.layers.point_layer import PointLayer


@dataclass(frozen=True, slots=True)
class Age:
    """In words; `tone` as of labels: warn when the layer shows what was, not what is."""

    text: str
    tone: str = "3"

    @property
    def is_stale(self) -> bool:
        return self.tone == "warn"


def groups() -> dict[str, str]:
    """Titles of the groups, the topmost first."""
    return {
        "event": translate("Map", "事件"),
        "vehicle": translate("Map", "车辆"),
        "facility": translate("Map", "设施"),
        "road": translate("Map", "道路与交通"),
        "area": translate("Map", "区域"),
        "weather": translate("Map", "气象"),
        "base": translate("Map", "底图"),
        "": translate("Map", "其他"),
    }


def count_of(layer: Layer) -> int | None:
    """How many things it holds; None where counting says nothing."""
    match layer:
        case PointLayer():
            return len(layer.ids)
        case LabelLayer():
            return len(layer.texts)
        case NetworkLayer():
            return len(layer.network)
        case MoverLayer():
            return len(layer.movers)
        case AreaLayer() if layer.ids:
            return len(layer.ids)
    return None


def age_of(layer: Layer, link: LinkStatus, now: datetime) -> Age:
    """`实时`, `12 秒前`, `过时 · 3 分钟前`, a day, or that nobody knows."""
    if isinstance(layer, PointLayer | HeatLayer) and layer.as_of is None:  # from the store
        return Age(link_words(link), "3" if link.now.state == LinkState.LIVE else "warn")
    if layer.as_of is None:
        return Age(translate("Map", "时间未知"))
    if layer.stale_s is None:
        return Age(local_time(layer.as_of, "%Y-%m-%d"))
    age = max(now - layer.as_of, timedelta()).total_seconds()
    if age < layer.stale_s:
        return Age(span_words(age))
    return Age(translate("Map", "过时 · {age}").format(age=span_words(age)), "warn")


def span_words(seconds: float) -> str:
    """`12 秒前`, `28 分钟前`, `5 小时前`, `3 天前`."""
    count = int(seconds)
    if count < 60:
        return translate("Map", "{count} 秒前").format(count=count)
    if count < 3600:
        return translate("Map", "{count} 分钟前").format(count=count // 60)
    if count < 48 * 3600:
        return translate("Map", "{count} 小时前").format(count=count // 3600)
    return translate("Map", "{count} 天前").format(count=count // 86400)


def link_words(link: LinkStatus) -> str:
    """`实时`, or since when the picture stands still."""
    if link.now.state == LinkState.LIVE:
        return translate("Map", "实时")
    if link.now.last_word_at is None:
        return translate("Map", "本席缓存,时间未知")
    return translate("Map", "截至 {time}").format(
        time=local_time(link.now.last_word_at, "%m-%d %H:%M:%S")
    )
