"""What a command that was not refused makes true: the changed case, its timeline, its duties."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from app.domain.camera_events import camera_effects
from app.domain.case import Case, derived_id
from app.domain.describe import fact_text, made_title
from app.domain.duties import duties_after, obligation_effects
from app.domain.entry import Entry, EntryKind, FactChange
from app.domain.incident import Casualties, Incident, IncidentDetail, Place

DETAIL_FACTS = (
    "text", "lanes", "casualties", "hazmat", "queue_m", "weather", "expected_clear_at"
)  # fmt: skip
ROW_FACTS = ("title", "type", "subtype", "place", "occurred_at")
_EMPTY: Mapping[str, Any] = {
    "title": "", "place": Place(), "text": "", "lanes": (), "casualties": Casualties(),
}  # fmt: skip


def _incident(case: Case) -> Iterator[Any]:
    before: Incident | None = case.entity
    after = _reported(case) if before is None else _changed(case, before)
    yield after
    yield _entry(case, before, after)
    yield from duties_after(case, after)
    if case.command.event == "MERGE_INTO":
        yield from _moved(case)


def _reported(case: Case) -> Incident:
    values, command, at = case.values, case.command, case.at
    detail = IncidentDetail(
        caller=values["caller"],
        caller_number=values["caller_number"],
        created_by=case.actor.id,
        created_at=at,
        updated_by=case.actor.id,
        **{name: _given(values, name) for name in DETAIL_FACTS},
    )
    return Incident(
        id=command.entity_id,
        type=values["type"],
        subtype=values["subtype"],
        title=values["title"] or _title(case),
        place=values["place"] or Place(),
        source=values["source"],
        org_id=case.actor.org_id,
        known_at=values["known_at"],
        occurred_at=values["occurred_at"],
        state_since=values["known_at"],
        updated_at=at,
        demo=case.actor.demo,
        detail=detail,
    )


def _title(case: Case) -> str:
    subtype, kind = case.values["subtype"], case.values["type"]
    if kind:
        return made_title(kind, subtype, case.rules)
    return (case.values["text"] or "").partition("\n")[0][:30]


def _changed(case: Case, before: Incident) -> Incident:
    at = case.at
    row = _ROW_CHANGES.get(case.command.event, _nothing)(case)
    detail = _DETAIL_CHANGES.get(case.command.event, _nothing)(case)
    if case.row.target is not None:
        row |= {"state": case.row.target, "state_since": at}
    old = before.detail or IncidentDetail()
    return replace(
        before,
        updated_at=at,
        detail=replace(old, updated_by=case.actor.id, **detail),
        **row,
    )


def _nothing(case: Case) -> dict[str, Any]:
    return {}


def _accept(case: Case) -> dict[str, Any]:
    return {"owner_id": case.values["owner_id"] or case.actor.id}


def _confirm_row(case: Case) -> dict[str, Any]:
    return {name: case.values[name] for name in ("type", "subtype", "place", "occurred_at")}


def _severity(case: Case) -> dict[str, Any]:
    return {"severity": case.values["severity"]}


def _assign(case: Case) -> dict[str, Any]:
    return {"owner_id": case.values["owner_id"]}


def _close_row(case: Case) -> dict[str, Any]:
    return {"closed_at": case.at}


def _reopen_row(case: Case) -> dict[str, Any]:
    return {"closed_at": None}


def _amend_row(case: Case) -> dict[str, Any]:
    facts = case.values["facts"]
    return {name: _given(facts, name) for name in ROW_FACTS if name in facts}


def _amend_detail(case: Case) -> dict[str, Any]:
    facts = case.values["facts"]
    return {name: _given(facts, name) for name in DETAIL_FACTS if name in facts}


def _given(values: Mapping[str, Any], name: str) -> Any:
    value = values.get(name)
    return _EMPTY.get(name) if value is None else value


_Change = Callable[[Case], dict[str, Any]]
_ROW_CHANGES: dict[str, _Change] = {
    "ACCEPT": _accept,
    "CONFIRM": _confirm_row,
    "CLASSIFY": _severity,
    "RECLASSIFY": _severity,
    "ASSIGN": _assign,
    "CLOSE": _close_row,
    "REOPEN": _reopen_row,
    "AMEND": _amend_row,
}
_DETAIL_CHANGES: dict[str, _Change] = {
    "CONFIRM": lambda case: {"verify_method": case.values["verify_method"]},
    "CLASSIFY": lambda case: {"severity_basis": case.values["basis"]},
    "RECLASSIFY": lambda case: {"severity_basis": case.values["reason"]},
    "CLEAR": lambda case: {"lanes_open_at": case.values["lanes_open_at"]},
    "CLOSE": lambda case: {"loss_cny": case.values["loss_cny"], "cause": case.values["cause"]},
    "MERGE_INTO": lambda case: {"merged_into": case.values["target_id"]},
    "AMEND": _amend_detail,
}

_DIFFED = (
    *ROW_FACTS, *DETAIL_FACTS, "severity", "owner_id", "verify_method", "lanes_open_at",
    "loss_cny", "cause",
)  # fmt: skip


def _entry(case: Case, before: Incident | None, after: Incident) -> Entry:
    values = case.values
    said = (
        values.get("reason") or values.get("basis") or values.get("scene_statement")
        or (values.get("text") if before is None else "") or ""
    )  # fmt: skip
    signed = [f.name for f in case.row.fields if f.type == "statement" and values.get(f.name)]
    return Entry(
        id=derived_id(case.command.key, "entry"),
        incident_id=after.id,
        type=EntryKind.EVENT,
        event=case.command.event,
        **case.signature,
        from_state=before.state if before else None,
        to_state=after.state,
        reason=said,
        text=", ".join(case.rules.label("field", name) for name in signed),
        changes=_differences(case, before, after) if before else (),
        source=after.source if before is None else "",
        caller=(values.get("caller") or "") if before is None else "",
        caller_number=(values.get("caller_number") or "") if before is None else "",
        org_id=after.org_id,
        demo=after.demo,
    )


def _differences(case: Case, before: Incident, after: Incident) -> tuple[FactChange, ...]:
    def value(incident: Incident, name: str) -> Any:
        holder = incident.detail if name in IncidentDetail.__slots__ else incident
        return getattr(holder, name, None)

    def text(incident: Incident, name: str) -> str:
        fact = value(incident, name)
        if name == "owner_id" and fact:
            user = case.lookup.get("user", fact)
            return str(user.name if user else fact)
        return fact_text(name, fact, case.rules)

    return tuple(
        FactChange(field=name, old=text(before, name), new=text(after, name))
        for name in _DIFFED
        if value(before, name) != value(after, name)
    )


def _moved(case: Case) -> Iterator[Entry]:
    """Reports and media go with the case into its target."""
    target_id = case.values["target_id"]
    for entry in case.lookup.of_incident("entry", case.entity.id):
        if entry.type in (EntryKind.REPORT, EntryKind.ATTACHMENT):
            yield replace(entry, incident_id=target_id)
    yield Entry(
        id=derived_id(case.command.key, "target"),
        incident_id=target_id,
        type=EntryKind.REPORT,
        event="MERGE_INTO",
        **case.signature,
        text=case.entity.title,
        reason=case.values["reason"] or "",
        source=case.entity.source,
        org_id=case.entity.org_id,
        demo=case.entity.demo,
    )


def _added_entry(case: Case) -> Iterator[Entry]:
    values = case.values
    assert case.incident is not None  # after_fields refuses an entry without its case
    kind = {"ADD_REPORT": EntryKind.REPORT, "ADD_ATTACHMENT": EntryKind.ATTACHMENT}
    yield Entry(
        id=case.command.entity_id,
        incident_id=case.incident.id,
        type=kind.get(case.command.event, EntryKind.NOTE),
        event=case.command.event,
        **case.signature | ({"at": values["at"]} if values.get("at") else {}),
        text=values.get("text") or "",
        source=values.get("source") or "",
        caller=values.get("caller") or "",
        caller_number=values.get("caller_number") or "",
        attachment=values.get("attachment"),
        org_id=case.incident.org_id,
        demo=case.incident.demo,
    )


def _alarm(case: Case) -> Iterator[Any]:
    yield replace(case.entity, acknowledged_by=case.actor.id, acknowledged_at=case.at)


EFFECTS: dict[str, Callable[[Case], Iterator[Any]]] = {
    "incident": _incident,
    "entry": _added_entry,
    "obligation": obligation_effects,
    "alarm": _alarm,
    "camera": camera_effects,
}
