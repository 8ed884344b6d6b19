"""A dossier taken otherwise: some of its claims, some cells changed, some rows left out.

The tables are plain lists of rows, as they stand in the files, so that a changed dossier passes
the same checks as one that is read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from bakhmut.claims import TABLES, Dossier, build_dossier

Tables = dict[str, list[dict[str, str]]]
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
    tables = {}
    for name, columns in TABLES.items():
        frame = getattr(dossier, name)
        if name == "claims":
            frame = frame.assign(published=frame["published_text"])
        tables[name] = frame[list(columns)].to_dict("records")
    return tables


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


def _linked(row: dict[str, str], rows: Mapping[str, dict[str, str]], kept: set[str]) -> dict:
    link, source = row["repeats"], row["source"]
    while link and link not in kept:
        link, source = rows[link]["repeats"], rows[link]["source"]
    return row if link == row["repeats"] else {**row, "repeats": link, "source": source}


def _overridden(row: Mapping[str, str], edit: Edit) -> bool:
    cells = set(edit.cells.get(row["claim"], ()))
    return row["field"] in (cells | NUMBER if cells & NUMBER else cells)


def taken(dossier: Dossier, claims: Collection[str], edit: Edit = AS_PRINTED) -> Dossier:
    """Return some claims of a dossier with an edit made, to be decided; accounts are left out.

    Quick: nothing is checked or derived anew, and each claim keeps its voice.
    """
    kept = set(claims) - set(edit.without)
    frame = dossier.claims[dossier.claims["claim"].isin(kept)].copy()
    for claim, cells in edit.cells.items():
        frame.loc[frame["claim"] == claim, list(cells)] = list(cells.values())
    readings = dossier.readings
    stays = [
        row.claim in kept and not _overridden({"claim": row.claim, "field": row.field}, edit)
        for row in readings[["claim", "field"]].itertuples(index=False)
    ]
    positions = dossier.positions.iloc[:0]
    return replace(dossier, claims=frame, readings=readings[stays], positions=positions)


def rebuilt(tables: Tables, name: str = "dossier") -> Dossier:
    """Return tables as a checked dossier."""
    return build_dossier(tables, name=name)
