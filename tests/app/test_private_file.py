"""Files for one pair of eyes."""

import stat
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from app.private_file import write_private


def test_only_the_owner_can_read_it(tmp_path: Path) -> None:
    write_private(tmp_path / "folder" / "tokens.json", b"secret")
    assert (tmp_path / "folder" / "tokens.json").read_bytes() == b"secret"
    assert stat.S_IMODE((tmp_path / "folder" / "tokens.json").stat().st_mode) & 0o077 == 0


def test_of_many_writers_at_once_one_content_stays_whole(tmp_path: Path) -> None:
    path = tmp_path / "clock.json"
    contents = [bytes([65 + n]) * 20_000 for n in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(partial(write_private, path), contents * 5))
    assert path.read_bytes() in contents
    assert list(tmp_path.iterdir()) == [path]
