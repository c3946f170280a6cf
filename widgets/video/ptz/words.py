"""Steering in words: what went wrong, who has the head."""

from app.text import translate


def trouble_text(code: str) -> str:
    """What to make of a code of app.ptz or the backend; one of a newer server is shown as such."""
    sentences = {
        "UNREACHABLE": translate("Ptz", "摄像机没有应答,请重试"),
        "UNAUTHORIZED": translate("Ptz", "摄像机拒绝登录,请检查设备口令和时钟"),
        "DEVICE_FAULT": translate("Ptz", "摄像机不接受此操作"),
        "NO_SUCH_PRESET": translate("Ptz", "摄像机中没有此预置位"),
        "EXPIRED": translate("Ptz", "操作已过时,未执行"),
        "LOCKED": translate("Ptz", "云台已不由您占用"),
        "NO_GATEWAY": translate("Ptz", "视频网关没有应答"),
        "NO_PTZ": translate("Ptz", "服务器不知道此摄像机的云台"),
        "STOP_UNHEARD": translate("Ptz", "停止指令没有得到应答:摄像机应会自行停止,请看画面确认"),
    }
    return sentences.get(code) or translate("Ptz", "云台操作失败:{code}").format(code=code)
