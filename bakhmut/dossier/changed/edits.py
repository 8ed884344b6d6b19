"""A dossier taken otherwise: some of its claims, some cells changed, some rows left out.

The tables are plain lists of rows, as they stand in the files, so that a changed dossier passes
the same checks as one that is read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from bakhmut.dossier.claims import TABLES, Dossier, build_dossier
from bakhmut.dossier.doors.frames import rows_of

Row = dict[str, str]
Tables = dict[str, list[Row]]
NUMBER = {"hedge", "low", "high"}


@dataclass(frozen=True)
class Edit:
    """One way to take claims otherwise: cells set, claims left out; `label` says it in words."""

    label: str
    cells: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    without: tuple[str, ...] = ()


AS_PRINTED = Edit("as printed")


def tables_of(dossier: Dossier) -> Tables:
    """Return the tables of a dossier as lists of rows, as they stand in the files."""
    return {
        name: list(rows_of(getattr(dossier, name)[list(columns)]))
        for name, columns in TABLES.items()
    }


def only(tables: Tables, claims: Iterable[str]) -> Tables:
    """Return tables cut down to some claims; accounts are left out.

    A claim that restates one left out is linked to the next that is kept, and keeps its voice.
    """
    kept = set(claims)
    rows = {row["claim"]: row for row in tables["claims"]}
    return {
        **tables,
        "claims": [_linked(row, rows, kept) for row in tables["claims"] if row["claim"] in kept],
        "readings": [row for row in tables["readings"] if row["claim"] in kept],
        "positions": [],
    }


def _linked(row: Row, rows: Mapping[str, Row], kept: set[str]) -> Row:
    link, source = row["repeats"], row["source"]
    while link and link not in kept:
        link, source = rows[link]["repeats"], rows[link]["source"]
    return row if link == row["repeats"] else {**row, "repeats": link, "source": source}


def _overridden(row: Row, edit: Edit) -> bool:
    cells = set(edit.cells.get(row["claim"], ()))
    return row["field"] in (cells | NUMBER if cells & NUMBER else cells)


def taken(
    claims: Mapping[str, Row], readings: Iterable[Row], edit: Edit
) -> tuple[list[Row], list[Row]]:
    """Return the claims whose cells an edit sets, and the readings that they keep.

    Takes the rows of claims.csv by claim, and of readings.csv. A reading of a cell that is set is
    of the old one, and goes. Each claim keeps its voice.
    """
    rows = [{**claims[claim], **cells} for claim, cells in edit.cells.items()]
    own = (row for row in readings if row["claim"] in edit.cells)
    return rows, [row for row in own if not _overridden(row, edit)]


def part(dossier: Dossier, claims: Collection[str], name: str) -> Dossier:
    """Return some claims of a dossier as one of their own, without its accounts.

    Links are as in `only`; the digest stays that of the whole. Quick: what was checked and derived
    for the whole holds for the part.
    """
    own = dossier.claims[dossier.claims["claim"].isin(claims)]
    if not own["repeats"].isin({"", *claims}).all():
        rows = {row["claim"]: row for row in rows_of(dossier.claims)}
        linked = [_linked(rows[claim], rows, set(claims)) for claim in own["claim"]]
        own = own.assign(**{name: [r[name] for r in linked] for name in ("repeats", "source")})
    readings = dossier.readings[dossier.readings["claim"].isin(claims)]
    return replace(
        dossier,
        name=name,
        claims=own.reset_index(drop=True),
        readings=readings.reset_index(drop=True),
        positions=dossier.positions.iloc[:0],
    )


def rebuilt(tables: Tables, name: str = "dossier") -> Dossier:
    """Return tables as a checked dossier."""
    return build_dossier(tables, name=name)


def edited(dossier: Dossier, edit: Edit) -> Dossier:
    """Return a dossier with an edit made: cells set, claims left out, what is linked kept so."""
    tables = tables_of(dossier)
    rows = {row["claim"]: row for row in tables["claims"]}
    new, kept = taken(rows, tables["readings"], edit)
    changed = {row["claim"]: row for row in new}
    tables["claims"] = [changed.get(row["claim"], row) for row in tables["claims"]]
    others = [row for row in tables["readings"] if row["claim"] not in edit.cells]
    tables["readings"] = [*others, *kept]
    if edit.without:
        positions = tables["positions"]
        tables = only(
            tables, (row["claim"] for row in tables["claims"] if row["claim"] not in edit.without)
        )
        tables["positions"] = positions
    return rebuilt(tables, dossier.name)


def layered(edits: Iterable[Edit]) -> Edit:
    """Return several edits as one, made in their order: of one cell the last is kept."""
    made = list(edits)
    cells: dict[str, dict[str, str]] = {}
    for edit in made:
        for claim, own in edit.cells.items():
            cells[claim] = {**cells.get(claim, {}), **own}
    gone = tuple(dict.fromkeys(claim for edit in made for claim in edit.without))
    return Edit("; ".join(edit.label for edit in made), cells, gone)


def standing(dossier: Dossier) -> Dossier:
    """Return a dossier with figures that were taken back or denied compared like all others."""
    return replace(dossier, claims=dossier.claims.assign(standing=""))
