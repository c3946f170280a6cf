"""`python -m backend.demo.build.video --clip FILE` encodes resources/demo/video anew.

`--only` names scenes; the clip is the open one of docs/data.md, whose scene is `street`.
"""

import argparse
import logging
from collections.abc import Iterable
from pathlib import Path

from backend.demo.build.video.cameras import FROZEN, write
from backend.demo.build.video.encode import MAIN, SUB, Pixels, encode, filmed, halved
from backend.demo.build.video.scene import pictures
from backend.demo.build.video.scenes import SCENES

OUT = Path(__file__).parents[4] / "resources" / "demo" / "video"
STREET = "street"
log = logging.getLogger("demo.build")


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clip", type=Path, required=True, help="the real clip")
    parser.add_argument("--only", nargs="*", choices=[STREET, *SCENES])
    parser.add_argument("--out", type=Path, default=OUT)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    write(arguments.out)
    for name in [STREET, *SCENES] if arguments.only is None else arguments.only:
        shown = filmed(arguments.clip, MAIN) if name == STREET else pictures(SCENES[name](), 1)
        _both(arguments.out, name, shown)


def _both(out: Path, name: str, shown: Iterable[Pixels]) -> None:
    kept = list(shown)
    _encode(out, name, kept, kept)
    if name in FROZEN:
        # the clip's first picture follows on its end, and leads to its begin, without a jump
        still = kept[:1]
        _encode(out, f"{name}-frozen", still * MAIN.key_every, still * (2 * SUB.key_every))


def _encode(out: Path, name: str, main: list[Pixels], sub: list[Pixels]) -> None:
    for form, shown in ((MAIN, iter(main)), (SUB, halved(sub))):
        path = out / f"{name}-{form.name}.mp4"
        encode(shown, path, form)
        log.info("%s: %.2f MB", path.name, path.stat().st_size / 1e6)


main()
