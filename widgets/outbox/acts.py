"""What may be done with an item of the outbox; an empty answer means it may."""

from app.domain.outbox import ENDED, OutboxItem, OutboxState, after
from app.domain.people import User
from app.domain.roles import Role
from app.text import translate
from widgets.outbox.edit_dialog import editable_fields


def why_not_decide(item: OutboxItem | None) -> str:
    if item is None:
        return translate("Outbox", "先选中一项")
    if item.state == OutboxState.FAILED:
        fixable = editable_fields(item.command)
        return "" if fixable else translate("Outbox", "此操作没有可修改的内容,只能撤销")
    return "" if item.state == OutboxState.CONFLICT else translate("Outbox", "此项没有冲突")


def why_not_retry(item: OutboxItem | None) -> str:
    if item is None:
        return translate("Outbox", "先选中一项")
    return "" if after(item.state, "RETRY") else translate("Outbox", "只有等待重试的才能提前发")


def why_not_cancel(item: OutboxItem | None, user: User | None) -> str:
    """Its author or a shift supervisor may, while nobody knows the outcome."""
    if item is None or user is None:
        return translate("Outbox", "先选中一项")
    if after(item.state, "CANCEL") is None:
        ended = item.state in ENDED
        return (
            translate("Outbox", "已结束,不能撤销")
            if ended
            else translate("Outbox", "正在发送,请稍候")
        )
    allowed = user.id == item.command.author_id or user.role == Role.SHIFT_CHIEF
    return "" if allowed else translate("Outbox", "只有本人或值班长可以撤销")
