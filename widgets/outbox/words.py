"""Waiting acts in plain words: what, for which case, by whom, and what went wrong."""

from typing import Any, Final

from app.domain.case import Refusal
from app.domain.command import Command
from app.domain.describe import fact_text, number_text, title_text
from app.domain.fields import FieldError, read_field
from app.domain.incident import Incident
from app.domain.machine import Field
from app.domain.outbox import OutboxItem, OutboxState
from app.domain.rules import Rules
from app.services import Services
from app.store import Store
from app.text import language, refusal_text, translate
from widgets.shared.people import user_name

SIGNS: Final = {
    OutboxState.QUEUED: "○", OutboxState.SENDING: "▶", OutboxState.RETRY_WAIT: "◎",
    OutboxState.CONFLICT: "◆", OutboxState.FAILED: "✕", OutboxState.EXPIRED: "◇",
    OutboxState.CANCELLED: "—", OutboxState.ACKED: "✓",
}  # fmt: skip
"""A shape beside the words, so that states differ without colour."""


def state_words(state: str, rules: Rules) -> str:
    known = state in set(OutboxState)
    sign = SIGNS[OutboxState(state)] if known else "?"
    return f"{sign} {rules.label('outbox_state', state, language())}"


def event_words(command: Command, rules: Rules) -> str:
    return rules.label(f"{command.kind}_event", command.event, language())


def case_of(command: Command, store: Store) -> str:
    """Id of the case that a command speaks of, empty if nobody knows it."""
    if command.kind == "incident":
        return command.entity_id
    named = command.fields.get("incident_id")
    entity = store.get(command.kind, command.entity_id)
    return str(named or getattr(entity, "incident_id", ""))


def case_words(command: Command, store: Store, rules: Rules) -> str:
    incident = store.get("incident", case_of(command, store))
    if isinstance(incident, Incident):
        return f"{number_text(incident, language())} {title_text(incident, rules, language())}"
    title = command.fields.get("title") or command.fields.get("text") or ""
    return str(title)[:60] or translate("Outbox", "事件不存在或不可见")


def act_words(command: Command, services: Services) -> str:
    """What was to be done, and to which case: the head of a dialog."""
    event = event_words(command, services.rules)
    return f"{event} · {case_words(command, services.store, services.rules)}"


def person(user_id: str | None, store: Store) -> str:
    return user_name(store, user_id) or translate("Outbox", "未知人员")


def error_words(item: OutboxItem, rules: Rules) -> str:
    """What went wrong last, and what is safe. Empty: nothing did."""
    match item.state:
        case OutboxState.EXPIRED:
            return translate("Outbox", "已过有效时间,没有发出")
        case OutboxState.CANCELLED:
            return _cancel_words(item.cancel_reason)
        case OutboxState.ACKED:
            return ""
    code = item.last_error
    if code in rules.codes["refusal"]:
        why = refusal_text(Refusal(code, dict(item.error_params)), rules, language())
        return translate("Outbox", "未被接受:{why}").format(why=why)
    return _trouble(code) if code else ""


def _cancel_words(reason: str) -> str:
    if reason == "RESOLVED":
        return translate("Outbox", "已改后重新提交")
    if reason == "DEPENDENCY":
        return translate("Outbox", "所依赖的操作没有成立,一并撤销")
    return translate("Outbox", "原因:{reason}").format(reason=reason or "—")


def _trouble(code: str) -> str:
    known = {
        "UNREACHABLE": translate("Outbox", "连不上服务器,稍后自动重发"),
        "NO_BACKEND": translate("Outbox", "连不上服务器,稍后自动重发"),
        "TIMEOUT": translate("Outbox", "服务器没有及时答复,稍后以同一编号重发"),
        "LOST": translate("Outbox", "答复途中断线,稍后以同一编号重发"),
        "CERTIFICATE": translate("Outbox", "服务器证书不受信任,请联系管理员"),
        "PROXY": translate("Outbox", "代理服务器拒绝连接,请联系管理员"),
        "BAD_ANSWER": translate("Outbox", "服务器的答复无法识别,稍后重发"),
        "AUTHOR_SIGNED_OUT": translate("Outbox", "作者须重新登录后才能发出"),
        "CONFLICT": translate("Outbox", "别人已先改过,请比对后决定"),
        "KEY_REUSED": translate("Outbox", "同一编号已用于别的操作,请撤销后重做"),
    }
    if code.startswith("HTTP_5"):
        return translate("Outbox", "服务器出错({code}),稍后自动重发").format(code=code[5:])
    return known.get(code) or translate("Outbox", "服务器未接受:{code}").format(code=code)


def value_words(field: Field, value: Any, services: Services) -> str:
    """A field's value for a person, whether typed or as the command carries it."""
    rules, store = services.rules, services.store
    if value is None or value == "":
        return "—"
    try:
        typed = read_field(field, value, rules)
    except (FieldError, KeyError):
        return str(value)[:200]
    match field.type:
        case "user":
            return person(str(typed), store)
        case "incident":
            target = store.get("incident", str(typed))
            return number_text(target, language()) if isinstance(target, Incident) else str(typed)
        case "statement":
            return translate("Outbox", "是")
        case "choice":
            return rules.label(field.choices, str(typed), language())
    return fact_text(field.name, typed, rules, language())
