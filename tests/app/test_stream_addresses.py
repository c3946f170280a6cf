"""What the backend's answer about a stream means for its tile."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from app.api.codec import StreamAddress
from app.api.errors import (
    ApiError,
    DeniedError,
    InvalidError,
    OfflineError,
    ServerError,
    SignedOutError,
)
from app.stream_addresses import StreamAddresses
from app.sync.sync import Sync
from app.video.address import NoAddressError, Quality
from app.video.status import Fault

CODE = "12011400001310000001"


def addresses(answer: StreamAddress | ApiError) -> StreamAddresses:
    def stream_address(token: str, camera_id: str, quality: str) -> StreamAddress:
        assert (token, camera_id) == ("token", "camera-1")
        if isinstance(answer, ApiError):
            raise answer
        return answer

    api = SimpleNamespace(stream_address=stream_address)
    sync = SimpleNamespace(api=api, asked=lambda request: request("token"))
    return StreamAddresses(cast(Sync, cast(Any, sync)))


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (InvalidError("NOT_FOUND"), Fault.NOT_FOUND),
        (InvalidError("NO_STREAM"), Fault.NO_ADDRESS),
        (ServerError("NO_GATEWAY"), Fault.NO_ADDRESS),
        (DeniedError("NOT_ALLOWED"), Fault.UNAUTHORIZED),
        (SignedOutError("NOT_SIGNED_IN"), Fault.UNAUTHORIZED),
        (OfflineError("UNREACHABLE"), Fault.REFUSED),
        (ServerError("HTTP_502"), Fault.REFUSED),
        (InvalidError("NEWER_WORD"), Fault.NO_ADDRESS),
    ],
)
def test_every_refusal_has_its_fault(error: ApiError, fault: Fault) -> None:
    with pytest.raises(NoAddressError) as refused:
        addresses(error).ask("camera-1", Quality.SUB)
    assert refused.value.fault is fault
    assert refused.value.__cause__ is None


@pytest.mark.parametrize(("told", "quality"), [("sub", Quality.SUB), ("4k", Quality.MAIN)])
def test_an_answer_is_an_address(told: str, quality: Quality) -> None:
    answer = StreamAddress(
        url="rtsp://u:s3cret@gateway/1", device_id=CODE, channel=CODE, quality=told, demo=True
    )
    address = addresses(answer).ask("camera-1", Quality.MAIN)
    assert (address.device_id, address.channel, address.quality) == (CODE, CODE, quality)
    assert address.demo
    assert "s3cret" not in f"{address!r} {answer!r}"
