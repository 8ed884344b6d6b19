"""Which rows of two dossiers differ, and how, in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from bakhmut.base.sentences import quoted
from bakhmut.dossier.changed.edits import Tables
from bakhmut.dossier.claims import TABLES
from bakhmut.dossier.derived import reached
from bakhmut.dossier.parsing.printed import figure_in_words
from bakhmut.dossier.tables import PER, SCOPE

# Table -> (columns that name a row, kind of its changes).
KEYS: dict[str, tuple[tuple[str, ...], str]] = {
    "claims": (("claim",), "claim"),
    "terms": (("kind", "term"), "word"),
    "readings": (("claim",), "reading"),
    "sources": (("source",), "source"),
    "positions": (("claim",), "account"),
    "assumptions": (("assumption",), "assumption"),
}
FIGURE = ("hedge", "low", "high")


class Change(NamedTuple):
    """One row of the result."""

    kind: str
    what: str
    before: str
    after: str
    because: str


@dataclass(frozen=True, eq=False)
class Delta:
    """The rows of one name in one table, before and after; either may be missing."""

    table: str
    key: tuple[str, ...]
    before: tuple[dict[str, str], ...]
    after: tuple[dict[str, str], ...]

    @property
    def name(self) -> str:
        """The claim, word, source or assumption that changed."""
        return self.key[-1]

    def applied(self, tables: Tables) -> Tables:
        """Return tables with this one change made."""
        return self._put(tables, self.after)

    def undone(self, tables: Tables) -> Tables:
        """Return tables with this one change taken back."""
        return self._put(tables, self.before)

    def _put(self, tables: Tables, rows: Iterable[dict[str, str]]) -> Tables:
        columns = KEYS[self.table][0]
        others = [row for row in tables[self.table] if _key(row, columns) != self.key]
        return {**tables, self.table: [*others, *rows]}


def _key(row: Mapping[str, str], columns: Iterable[str]) -> tuple[str, ...]:
    return tuple(row[column] for column in columns)


def differences(old: Tables, new: Tables) -> Iterator[Delta]:
    """Yield the names whose rows differ, in the order of the tables."""
    for table, (columns, _) in KEYS.items():
        groups: list[dict[tuple[str, ...], list[dict[str, str]]]] = [{}, {}]
        for group, tables in zip(groups, (old, new), strict=True):
            for row in tables[table]:
                group.setdefault(_key(row, columns), []).append(row)
        before, after = groups
        for key in dict.fromkeys([*before, *after]):
            pair = before.get(key, []), after.get(key, [])
            if pair[0] != pair[1]:
                yield Delta(table, key, tuple(pair[0]), tuple(pair[1]))


def row_changes(delta: Delta) -> Iterator[Change]:
    """Yield what a reader of the tables would call one change each."""
    kind = KEYS[delta.table][1]
    if not delta.before or not delta.after or len(delta.before) + len(delta.after) > 2:
        said = [" | ".join(_said(delta.table, row) for row in rows) for rows in _rows(delta)]
        yield Change(kind, delta.name, *said, "")
        return
    old, new = delta.before[0], delta.after[0]
    changed = [column for column in TABLES[delta.table] if old[column] != new[column]]
    if delta.table == "claims" and set(FIGURE) & set(changed):
        yield _figure_change(delta.name, old, new)
        changed = [column for column in changed if column not in FIGURE]
    for column in changed:
        yield Change(kind, f"{delta.name}: {column}", old[column], new[column], "")


def _rows(delta: Delta) -> tuple[tuple[dict[str, str], ...], ...]:
    return delta.before, delta.after


def _figure_change(name: str, old: Mapping[str, str], new: Mapping[str, str]) -> Change:
    number = [column for column in ("low", "high") if old[column] != new[column]]
    dated = old["published"] and old["published"] == new["published"]
    if number and dated:
        why = f"another figure under the same date, {new['published']}: a silent change"
        return Change("silent", name, figure(old), figure(new), why)
    if number and old["published"] != new["published"]:
        why = f"published {old['published'] or 'undated'}, now {new['published'] or 'undated'}"
        return Change("figure", name, figure(old), figure(new), why)
    return Change("figure", name, figure(old), figure(new), "")


def figure(row: Mapping[str, str]) -> str:
    """Return the figure of a row of claims.csv in words."""
    return figure_in_words(row["hedge"], row["low"], row["high"])


def _said(table: str, row: Mapping[str, str]) -> str:
    """Return one row of a table in words."""
    if table == "claims":
        return f"{figure(row)}, {quoted(row['quote'])}"
    if table == "terms":
        reading = f" ({row['reading']})" if row["reading"] else ""
        return f"{row['means']}{reading}"
    if table == "readings":
        return f"{row['reading']}: {row['field']} {row['value'] or 'open'}"
    if table == "positions":
        return f"{row['stance']}: {quoted(row['quote'])}"
    if table == "assumptions":
        return f"{row['tier']}: {row['low'] or 'open'} to {row['high'] or 'open'}"
    return ", ".join(value for value in row.values() if value)


def words_of(several: Iterable[Tables], names: Collection[str]) -> set[tuple[str, str]]:
    """Return the words, each with its kind, that some claims and assumptions use.

    With what these words mean, and what that means in turn, in any of several tables.
    """
    several = list(several)
    used = {
        (kind, cell)
        for tables in several
        for row in (*tables["claims"], *tables["assumptions"])
        if (row.get("claim") or row.get("assumption")) in names
        for kind, column in zip((*SCOPE, *SCOPE), (*SCOPE, *PER), strict=True)
        for cell in _sum(row[column])
    }
    used |= {
        (row["field"].removeprefix("per_"), cell)
        for tables in several
        for row in tables["readings"]
        if row["claim"] in names
        for cell in _sum(row["value"])
    }
    means: dict[tuple[str, str], set[str]] = {}
    for row in (row for tables in several for row in tables["terms"]):
        means.setdefault((row["kind"], row["term"]), set()).update(_sum(row["means"]))
    return set(reached(used, lambda key: [(key[0], part) for part in means.get(key, ())]))


def _sum(cell: str) -> list[str]:
    """Return a cell and what it is the sum of."""
    return [cell, *(part.strip() for part in cell.split("+"))]
