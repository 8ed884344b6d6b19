"""The results file of an archive: a row a dossier, kept as it grows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from bakhmut.base.files import content_of
from bakhmut.base.terminal import as_csv
from bakhmut.dossier.claims import DossierError
from bakhmut.findings.flags import SEVERITIES

COLUMNS = (
    *("dossier", "sha256", "claims", "status", "conflicts", "contradictions", *SEVERITIES),
    *("error", "checked_by"),
)
Row = dict[str, str]
LARGEST = 2**29  # bytes: a million dossiers


def known_rows(path: Path) -> dict[str, Row]:
    """Return the rows of an earlier run by dossier; a last line cut short is passed over.

    Raises
    ------
    DossierError
        Where the file is not one of this module's results: it is never overwritten.
    """
    if not path.exists():
        return {}
    try:
        text = content_of(path, LARGEST).decode("utf-8")
        header, *cells = csv.reader(io.StringIO(text))
    except (csv.Error, ValueError):  # not UTF-8, empty, or far too large
        header = []
    if tuple(header) != COLUMNS:
        raise DossierError([f"{path}: is not a table of results; name another file with -o"])
    if not text.endswith("\n"):
        cells = cells[:-1]
    rows = (dict(zip(COLUMNS, row, strict=True)) for row in cells if len(row) == len(COLUMNS))
    return {row["dossier"]: row for row in rows}


def written(row: Row) -> Row:
    """Return a row as its file has it, safe for a terminal and a spreadsheet."""
    (cells,) = csv.reader(io.StringIO(as_csv([row], COLUMNS).partition("\n")[2]))
    return dict(zip(COLUMNS, cells, strict=True))


def text_of(rows: Iterable[Row], *, header: bool = True) -> bytes:
    """Return rows as their file has them; what they hold is safe already."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    if header:
        table.writerow(COLUMNS)
    table.writerows([row[column] for column in COLUMNS] for row in rows)
    return out.getvalue().encode()
