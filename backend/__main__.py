"""Start a backend: embedded as the child of a desk, or shared for many desks.

    python -m backend --embedded --data DIR [--demo]
    python -m backend --url postgresql+psycopg://user@host/db --host 0.0.0.0 --port 8600
    python -m backend --data DIR --import-districts districts.geojson --source … --licence …

TLS is a proxy's work: nginx or Caddy in front, `proxy_buffering off` for the change stream,
`client_max_body_size 25m` for files.
"""

import argparse
import gc
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from app.domain.datum import Datum
from backend.settings import Settings, SettingsError, from_environment

DEFAULT_DATA = Path("tocc-backend")


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code of a backend with these arguments, by default those of the process."""
    options = _parser().parse_args(arguments)
    try:
        settings = _settings(options)
    except SettingsError as error:
        print(error, file=sys.stderr)  # noqa: T201 - the operator reads it there
        return 2
    if options.add_user:
        from backend.accounts import add_user

        return add_user(settings, options.add_user, options.role)
    if options.import_districts:
        from backend.districts import import_districts

        return import_districts(
            settings, options.import_districts, options.source, options.licence, options.datum
        )
    gc.disable()  # a seventh of the start goes into looking at modules; serving turns it on
    from backend.serving import serve

    return serve(settings, embedded=options.embedded)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("backend", description="The TOCC Desk backend.")
    parser.add_argument("--data", type=Path, help="folder for database, files, secrets, logs")
    parser.add_argument("--url", help="SQLAlchemy URL; without it SQLite in the data folder")
    parser.add_argument("--host", help="address to listen on, 127.0.0.1 by default")
    parser.add_argument("--port", type=int, help="port to listen on, a free one by default")
    parser.add_argument("--demo", action="store_true", help="demo city and accounts (loopback)")
    parser.add_argument("--embedded", action="store_true", help="end when standard input closes")
    parser.add_argument("--add-user", metavar="NAME", help="add a user, asking for the password")
    parser.add_argument("--role", default="ADMIN", help="role of the user to add")
    parser.add_argument(
        "--import-districts", type=Path, metavar="FILE",
        help="take districts from a GeoJSON file with the properties adcode and name",
    )  # fmt: skip
    parser.add_argument("--source", default="", help="where the districts come from")
    parser.add_argument("--licence", default="", help="under which licence they may be used")
    parser.add_argument(
        "--datum", default=str(Datum.WGS84), choices=[str(datum) for datum in Datum],
        help="what the file's degrees refer to; public Chinese maps are mostly GCJ-02",
    )  # fmt: skip
    return parser


def _settings(options: argparse.Namespace) -> Settings:
    settings = from_environment(options.data or DEFAULT_DATA)
    given = {
        "data_dir": options.data,
        "database_url": options.url,
        "host": options.host,
        "port": options.port,
        "demo": options.demo or None,
    }
    chosen = {name: value for name, value in given.items() if value is not None}
    return replace(settings, **chosen).checked()


if __name__ == "__main__":
    sys.exit(main())
