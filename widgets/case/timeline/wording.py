"""A timeline entry in words: for the screen, for copied text, for print."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from app.domain.describe import (
    SHANGHAI,
    local_time,
    recorded_text,
    sent_report_text,
    statements_text,
)
from app.domain.entry import Attachment, Entry, EntryKind, FactChange
from app.domain.rules import Rules


@dataclass(frozen=True, slots=True)
class Words:
    """Plain text throughout: what users typed is never read as markup.

    `chip` names the kind, `head` is what happened, `body` what was said about it.
    """

    time: str
    chip: str
    head: str
    body: str
    changes: tuple[str, ...]
    by: str


def words(entry: Entry, rules: Rules, language: str, now: datetime) -> Words:
    return Words(
        time=short_time(entry.at, now),
        chip=_chip(entry, rules, language),
        head=_head(entry, rules, language),
        body=_body(entry, rules, language),
        changes=tuple(_change(change, rules, language) for change in entry.changes),
        by=" · ".join(_by(entry)),
    )


def short_time(time: datetime, now: datetime) -> str:
    """The hour alone for today, with the day for any other."""
    today = time.astimezone(SHANGHAI).date() == now.astimezone(SHANGHAI).date()
    return local_time(time, "%H:%M" if today else "%m-%d %H:%M")


def size_text(size: int) -> str:
    return f"{size / 1_048_576:.1f} MB" if size >= 1_048_576 else f"{max(size / 1024, 0.1):.1f} KB"


def file_text(file: Attachment) -> str:
    return f"{file.name} · {size_text(file.size)}"


def _chip(entry: Entry, rules: Rules, language: str) -> str:
    if entry.type == EntryKind.EVENT:
        return rules.label("incident_event", entry.event, language)
    if entry.type == EntryKind.REPORT and entry.event == "MERGE_INTO":
        return rules.label("incident_event", "MERGE_INTO", language)
    return rules.label("entry_type", entry.type, language)


def _head(entry: Entry, rules: Rules, language: str) -> str:
    if entry.type == EntryKind.EVENT:
        return _step(entry, rules, language)
    if entry.type == EntryKind.OBLIGATION:
        done = rules.label("obligation_event", entry.event, language)
        if not entry.text:
            return done
        sent = sent_report_text(entry.text, rules, language)
        return QCoreApplication.translate("Timeline", "{done}:{report}").format(
            done=done, report=sent
        )
    if entry.type == EntryKind.ATTACHMENT and entry.attachment:
        return file_text(entry.attachment)
    if entry.event == "MERGE_INTO":
        return QCoreApplication.translate("Timeline", "并入本事件:{title}").format(title=entry.text)
    if entry.type == EntryKind.REPORT:
        return rules.label("incident_source", entry.source, language) if entry.source else ""
    return ""


def _step(entry: Entry, rules: Rules, language: str) -> str:
    if entry.from_state is None:
        return rules.label("incident_source", entry.source, language) if entry.source else ""
    if entry.from_state == entry.to_state:
        return ""
    states = (entry.from_state, entry.to_state)
    return " → ".join(rules.label("incident_state", state, language) for state in states)


def _change(change: FactChange, rules: Rules, language: str) -> str:
    old, new = (
        recorded_text(change.field, text, rules, language) for text in (change.old, change.new)
    )
    return QCoreApplication.translate("Timeline", "{fact}:{old} → {new}").format(
        fact=rules.label("field", change.field, language), old=old, new=new
    )


def _body(entry: Entry, rules: Rules, language: str) -> str:
    parts = [entry.reason]
    if entry.type not in (EntryKind.OBLIGATION,) and entry.event != "MERGE_INTO":
        parts.append(
            _statements(entry, rules, language) if entry.type == EntryKind.EVENT else entry.text
        )
    return "\n".join(part for part in parts if part)


def _statements(entry: Entry, rules: Rules, language: str) -> str:
    if not entry.text:
        return ""
    return QCoreApplication.translate("Timeline", "签字声明:{statements}").format(
        statements=statements_text(entry.text, rules, language)
    )


def _by(entry: Entry) -> Iterator[str]:
    if entry.caller or entry.caller_number:
        caller = " ".join(part for part in (entry.caller, entry.caller_number) if part)
        yield QCoreApplication.translate("Timeline", "报告人 {caller}").format(caller=caller)
    if entry.author_name or entry.author_id:
        yield entry.author_name or entry.author_id
    if entry.seat:
        yield QCoreApplication.translate("Timeline", "席位 {seat}").format(seat=entry.seat)
