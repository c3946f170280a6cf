"""What the command palette finds: actions, cases, places, cameras, facilities."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from app.actions import Action
from app.domain.describe import place_text, title_text
from app.domain.incident import Incident, Place
from app.place_finder import Candidate, Found
from app.selection import Ref
from app.services import Services
from app.text import language, translate
from widgets.frame.keys import keys_text

MOST = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One result; `choose` does it."""

    group: str
    title: str
    detail: str = ""
    keys: str = ""
    choose: Callable[[], None]


def action_rows(
    actions: Iterable[Action], fire: Callable[[Action], None], text: str
) -> Iterator[Row]:
    """Actions whose words hold the text; all of them while nothing is typed."""
    wanted = text.casefold()
    for action in actions:
        words = translate("Action", action.text)
        if wanted in words.casefold() or wanted in action.text or wanted in action.id:
            yield Row(
                group=translate("Palette", "操作"),
                title=words,
                detail=translate("Action", action.tip) if action.tip else "",
                keys=keys_text(action.shortcut),
                choose=partial(fire, action),
            )


def case_rows(services: Services, ids: Iterable[str]) -> Iterator[Row]:
    """Cases by id, as the cache's search found them."""
    store, rules = services.store, services.rules
    found = (store.get("incident", case_id) for case_id in ids)
    for case in [case for case in found if isinstance(case, Incident)][:MOST]:
        state = rules.label("incident_state", case.state, language())
        yield Row(
            group=translate("Palette", "事件"),
            title=title_text(case, rules, language()),
            detail=" · ".join(
                filter(None, (case.number, place_text(case.place, rules, language()), state))
            ),
            choose=partial(services.selection.open, Ref("incident", case.id)),
        )


def place_rows(services: Services, found: Found) -> Iterator[Row]:
    """Roads, stakes, junctions, points; or the sentence that says why it is none."""
    group = translate("Palette", "位置")
    if found.problem is not None:
        sentence = services.places.sentence(found.problem)
        yield Row(group=group, title=sentence, choose=_nothing)
    for candidate in found.candidates[:MOST]:
        words = place_text(candidate.place, services.rules, language())
        yield Row(
            group=group,
            title=candidate.label,
            detail=" · ".join(
                filter(None, (services.places.kind_text(candidate), words))
            ).removesuffix(f" · {candidate.label}"),
            choose=partial(_show_candidate, services, candidate),
        )


def thing_rows(services: Services, text: str) -> Iterator[Row]:
    """Cameras, signs and facilities by name or code."""
    groups = {
        "camera": translate("Palette", "摄像机"),
        "sign": translate("Palette", "情报板"),
        "facility": translate("Palette", "设施"),
    }
    wanted = text.casefold()
    for kind, group in groups.items():
        hits = (
            thing
            for thing in services.store.all(kind).values()
            if wanted in f"{thing.name} {getattr(thing, 'code', '')}".casefold()
        )
        for _, thing in zip(range(MOST), hits, strict=False):
            where = place_text(thing.place, services.rules, language())
            yield Row(
                group=group,
                title=thing.name,
                detail=where if where != thing.name else "",
                choose=partial(_show_thing, services, Ref(kind, thing.id), thing.place),
            )


def _show_thing(services: Services, ref: Ref, place: Place) -> None:
    services.selection.select(ref)
    _locate(services, place)


def _show_candidate(services: Services, candidate: Candidate) -> None:
    if candidate.place.has_point:
        _locate(services, candidate.place)
    elif candidate.extent is not None:
        west, south, east, north = candidate.extent
        services.selection.located.emit((west + east) / 2, (south + north) / 2)


def _locate(services: Services, place: Place) -> None:
    if place.lon is not None and place.lat is not None:
        services.selection.located.emit(place.lon, place.lat)


def _nothing() -> None:
    """A row that only tells."""
