"""Full-text search over the cached cases, filled behind the writer's back when it is idle."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection, text

from app.cache.search_text import normal, query, row_text, row_tokens
from app.domain.rules import load_rules

_UNINDEXED = text(
    "SELECT row, rev, kind, body FROM entity WHERE rev > :mark AND rev <= (SELECT max(rev) FROM"
    " (SELECT rev FROM entity WHERE rev > :mark ORDER BY rev LIMIT :limit)) ORDER BY rev"
)
_MARK = text("SELECT coalesce(max(value), '0') FROM meta WHERE name = 'indexed_rev'")
_SET_MARK = text(
    "INSERT INTO meta (name, value) VALUES ('indexed_rev', :mark)"
    " ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)
_PUT = text("INSERT OR REPLACE INTO words (rowid, tokens) VALUES (:row, :tokens)")
_FORGET = text(
    "DELETE FROM words WHERE rowid = (SELECT row FROM entity WHERE kind = :kind AND id = :id)"
)
_FIND = text(
    "SELECT coalesce(incident_id, id) AS case_id, max(rev) AS newest FROM entity"
    " WHERE row IN (SELECT rowid FROM words WHERE tokens MATCH :query)"
    " GROUP BY case_id ORDER BY newest DESC LIMIT :limit"
)
_REST = text(
    "SELECT coalesce(incident_id, id) AS case_id, kind, body FROM entity"
    " WHERE rev > :mark AND kind IN ('incident', 'entry') ORDER BY rev DESC"
)


class Search:
    """Rows above the mark `indexed_rev` are not in the index yet; a search reads them one by
    one, so that it is complete at any time."""

    @staticmethod
    def create(connection: Connection) -> None:
        connection.exec_driver_sql(
            "CREATE VIRTUAL TABLE words USING fts5(tokens, tokenize='ascii', columnsize=0)"
        )

    def start_again(self, connection: Connection) -> None:
        """Rows of any revision may come now: look at all of them anew."""
        connection.execute(_SET_MARK, {"mark": "0"})

    def index_some(self, connection: Connection, limit: int) -> int:
        """Index the next rows; all rows of one revision go together."""
        mark = int(connection.execute(_MARK).scalar_one())
        rows = connection.execute(_UNINDEXED, {"mark": mark, "limit": limit}).all()
        if not rows:
            return 0
        found = [
            {"row": row, "tokens": words}
            for row, _, kind, body in rows
            if (words := row_tokens(kind, msgspec.json.decode(body)))
        ]
        if found:
            connection.execute(_PUT, found)
        connection.execute(_SET_MARK, {"mark": str(rows[-1].rev)})
        return len(rows)

    def forget(self, connection: Connection, keys: Sequence[tuple[str, str]]) -> None:
        connection.execute(_FORGET, [{"kind": kind, "id": key} for kind, key in keys])

    def find(self, connection: Connection, wanted: str, limit: int) -> list[str]:
        expression = query(wanted, load_rules())
        if not expression:
            return []
        mark = int(connection.execute(_MARK).scalar_one())
        fresh = self._scan(connection, normal(wanted).split(), mark)
        hits = connection.execute(_FIND, {"query": expression, "limit": limit})
        return list(dict.fromkeys([*fresh, *(hit.case_id for hit in hits)]))[:limit]

    def _scan(self, connection: Connection, words: list[str], mark: int) -> list[str]:
        found, rules = [], load_rules()
        for case_id, kind, body in connection.execute(_REST, {"mark": mark}):
            text_of_row = row_text(kind, msgspec.json.decode(body), rules)
            if all(word in text_of_row for word in words):
                found.append(case_id)
        return found
