"""Attached files: stored whole under their hash, handed out within sight."""

import hashlib
import uuid
from typing import Any

import httpx
import pytest

from app.domain.camera import Camera
from app.domain.incident import Place
from backend.context import Context
from backend.services.seeding import load
from tests.backend.conftest import CHIEF, DISPATCHER, LOCAL, PEOPLE, STRANGER, Desk, Seat, SignIn

PHOTO = b"\xff\xd8\xff" + b"photo" * 1000


def put(seat: Seat, data: bytes, name: str = "", kind: str = "image/jpeg") -> httpx.Response:
    name = name or hashlib.sha256(data).hexdigest()
    return seat.ask("PUT", f"/v1/files/{name}", content=data, headers={"Content-Type": kind})


def get(seat: Seat, data: bytes) -> httpx.Response:
    return seat.ask("GET", f"/v1/files/{hashlib.sha256(data).hexdigest()}")


def attach(seat: Seat, incident_id: str, data: bytes) -> httpx.Response:
    attachment = {
        "sha256": hashlib.sha256(data).hexdigest(),
        "name": "现场.jpg",
        "media_type": "image/jpeg",
        "size": len(data),
    }
    said = {"kind": "entry", "incident_id": incident_id, "attachment": attachment}
    return seat.send("ADD_ATTACHMENT", str(uuid.uuid4()), 0, **said)


@pytest.mark.parametrize("data", [PHOTO, b"", b"\0" * 20_000_000, "纯文本".encode()])
def test_a_file_comes_back_as_it_was(sign_in: SignIn, data: bytes) -> None:
    seat = sign_in(DISPATCHER)
    assert put(seat, data).status_code == 201
    assert put(seat, data).status_code == 200
    answer = get(seat, data)
    assert answer.content == data
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["content-disposition"] == "attachment"


def test_a_file_that_does_not_match_its_hash_is_not_kept(sign_in: SignIn, context: Context) -> None:
    seat, name = sign_in(DISPATCHER), hashlib.sha256(PHOTO).hexdigest()
    answer = put(seat, PHOTO[:-1], name)
    assert (answer.status_code, answer.json()["code"]) == (422, "HASH_MISMATCH")
    assert not context.files.has(name)
    assert list((context.settings.data_dir / "files" / "incoming").iterdir()) == []


def test_a_file_over_the_limit_is_refused(sign_in: SignIn, context: Context) -> None:
    data = bytes(context.settings.file_limit + 1)
    answer = put(sign_in(DISPATCHER), data)
    assert (answer.status_code, answer.json()["code"]) == (413, "TOO_LARGE")
    assert list((context.settings.data_dir / "files" / "incoming").iterdir()) == []


def test_what_an_interrupted_upload_left_is_cleaned_at_the_start(context: Context) -> None:
    part = context.files.new_part()
    part.write_bytes(b"half")
    context.files.clean()
    assert not part.exists()


@pytest.mark.parametrize("name", ["x", "A" * 64, "../" * 10, "a" * 63])
def test_a_name_that_is_no_hash_is_refused(sign_in: SignIn, name: str) -> None:
    assert put(sign_in(DISPATCHER), PHOTO, name).status_code in (404, 422)


def test_an_attachment_needs_its_file_first(sign_in: SignIn, desk: Desk) -> None:
    seat, incident_id = sign_in(DISPATCHER), desk.report()
    early = attach(seat, incident_id, PHOTO)
    assert (early.status_code, early.json()["code"]) == (422, "FILE_MISSING")
    put(seat, PHOTO)
    done: dict[str, Any] = attach(seat, incident_id, PHOTO).json()
    assert done["entities"][0]["entity"]["attachment"]["size"] == len(PHOTO)


def test_a_file_is_seen_by_those_who_see_a_case_that_uses_it(sign_in: SignIn, desk: Desk) -> None:
    seat, incident_id = sign_in(DISPATCHER), desk.report()
    put(seat, PHOTO)
    chief, stranger = sign_in(CHIEF), sign_in(STRANGER)
    assert get(chief, PHOTO).status_code == 404
    attach(seat, incident_id, PHOTO)
    assert get(chief, PHOTO).status_code == 200
    assert get(stranger, PHOTO).status_code == 404
    other = desk.report()
    desk.act(DISPATCHER, "MERGE_INTO", incident_id, 1, target_id=other)
    assert get(chief, PHOTO).status_code == 200


def test_who_may_not_write_may_not_upload(sign_in: SignIn) -> None:
    answer = put(sign_in(PEOPLE["AUDITOR"]), PHOTO)
    assert (answer.status_code, answer.json()["code"]) == (403, "NOT_ALLOWED")


def test_a_picture_of_a_preset_is_for_who_may_watch_its_camera(
    sign_in: SignIn, desk: Desk, context: Context
) -> None:
    load(context, [Camera(id="cam", ptz="GATEWAY", health="ONLINE", place=Place(route_code="G25"))])
    picture = hashlib.sha256(PHOTO).hexdigest()
    said = {"kind": "camera", "number": 1, "name": "门", "picture": picture}
    desk.act(DISPATCHER, "TAKE_PTZ", "cam", kind="camera")
    seat = sign_in(DISPATCHER)
    early = seat.send("SET_PRESET", "cam", 0, **said)
    assert (early.status_code, early.json()["code"]) == (422, "FILE_MISSING")
    put(seat, PHOTO)
    for _ in range(2):  # the same picture again is no clash
        assert seat.send("SET_PRESET", "cam", 0, **said).status_code == 200
    assert get(sign_in(CHIEF), PHOTO).content == PHOTO
    assert get(sign_in(PEOPLE["VIDEO_OP"]), PHOTO).status_code == 200
    assert get(sign_in(PEOPLE["ANALYST"]), PHOTO).status_code == 404
    assert get(sign_in(LOCAL), PHOTO).status_code == 404
