"""TOCC Desk: start here. Without a screen it plays the shift story on a virtual one."""

import argparse
import gc
import sys
from pathlib import Path


def main(arguments: list[str]) -> int:
    options = _parser().parse_args(arguments)
    if options.backend is not None:
        from backend.__main__ import main as backend

        return backend(options.backend)

    if options.pdf is not None:
        from widgets.case.pdf import main as write_pdf

        return write_pdf(options.pdf)

    gc.disable()  # app.garbage looks after it
    from app.imports import keep_imports_plain

    keep_imports_plain()
    from widgets.tour.screen import has_screen, play_on_virtual_screen

    if not has_screen():
        return play_on_virtual_screen(options.out)

    from widgets.desk import run

    return run(tour=options.out if options.tour else None)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tocc-desk", description=__doc__)
    parser.add_argument("--tour", action="store_true", help="play the shift story, write pictures")
    parser.add_argument("--out", type=Path, default=Path("out/tour"), help="where the tour writes")
    parser.add_argument("--backend", nargs=argparse.REMAINDER, help="run the backend instead")
    parser.add_argument("--pdf", help="write the printout that comes in by standard input")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
