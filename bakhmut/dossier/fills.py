"""Cells that say "as there": `^` is the row above, a blank `per_` cell the numerator's own.

A row `people, deaths, land, 2020` with `per_measure` *cases* alone is deaths per cases of the same
people, land and year.
"""

from __future__ import annotations

from bakhmut.dossier.tables import COLUMNS, PER, SCOPE, Table

ABOVE = "^"


def fill(table: Table) -> None:
    """Write out the scopes of a table of claims; a `^` without a row above stays, to be refused."""
    place = {column: n for n, column in enumerate(COLUMNS[table.name])}
    above: list[str] | None = None
    for row in table.rows:
        for column in (*SCOPE, *PER):
            if row[place[column]] == ABOVE and above is not None:
                row[place[column]] = above[place[column]]
        if any(row[place[per]] for per in PER):
            for column, per in zip(SCOPE, PER, strict=True):
                row[place[per]] = row[place[per]] or row[place[column]]
        above = row
