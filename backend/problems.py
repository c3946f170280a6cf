"""Why a request was not served: one exception, one table of codes with status and words."""

from typing import Any

PROBLEMS: dict[str, tuple[int, str, str]] = {
    "BAD_LOGIN": (401, "用户名或密码不正确", "User name or password is not right"),
    "LOCKED": (401, "失败次数过多,账户暂时锁定", "Too many failures: the account is locked"),
    "DEMO_ACCOUNT": (401, "此服务器不接受演示账户", "Demo accounts are refused here"),
    "NOT_SIGNED_IN": (401, "未登录或登录已过期", "Not signed in, or no longer"),
    "NOT_THE_AUTHOR": (403, "指令的作者不是当前用户", "The command has another author"),
    "NOT_ALLOWED": (403, "无此权限", "You may not do this"),
    "NOT_FOUND": (404, "不存在", "It does not exist"),
    "NOT_HERE": (404, "没有此地址", "There is nothing at this address"),
    "NO_FEED": (404, "此服务器没有这项实时数据", "This server has no such live data"),
    "NO_PTZ": (422, "此摄像机无云台", "This camera has no head that this server moves"),
    "EXPIRED": (422, "已过有效时间", "Its time limit has passed"),
    "METHOD": (405, "不支持此方法", "This method is not supported"),
    "CONFLICT": (409, "已被他人修改", "Someone else has changed it"),
    "NO_STREAM": (404, "摄像机离线或无此码流", "The camera is offline or has no such stream"),
    "EPOCH": (410, "须从头同步", "Synchronise from the beginning"),
    "TOO_LARGE": (413, "内容过大", "The content is too large"),
    "BAD_REQUEST": (422, "请求有误", "The request is not valid"),
    "KEY_REUSED": (422, "同一编号用于不同指令", "The key was used for another command"),
    "HASH_MISMATCH": (422, "文件校验不符", "The file does not match its hash"),
    "API": (426, "客户端版本不兼容", "The client's version does not fit"),
    "INTERNAL": (500, "服务器内部错误", "Internal error"),
    "NO_GATEWAY": (503, "未接入视频网关", "No media gateway is there"),
    "BUSY": (503, "服务器忙,请重试", "The server is busy: try again"),
}


class Problem(Exception):  # noqa: N818 - a refusal is an answer, not a defect
    """`code` is a key of PROBLEMS or of the domain's refusal list; `more` joins the answer."""

    def __init__(
        self,
        code: str,
        *,
        status: int | None = None,
        words: tuple[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(code)
        known = PROBLEMS.get(code, (422, code, code))
        self.code = code
        self.status = status or known[0]
        self.words = words or known[1:]
        self.more = more

    def body(self) -> dict[str, Any]:
        zh, en = self.words
        return {"code": self.code, "message_zh": zh, "message_en": en, **self.more}
