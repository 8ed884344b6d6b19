"""A draft as a folder or a workbook: the tables of a dossier, its evidence, and the text itself."""

from __future__ import annotations

from pathlib import Path

from bakhmut.dossier.claims import write_dossier
from bakhmut.dossier.doors import package, workbook
from bakhmut.dossier.problems import DossierError, Problem
from bakhmut.dossier.tables import COLUMNS, place_files, write_table
from bakhmut.drafting.drafts import Draft
from bakhmut.drafting.kept.shown import headline

TEXT = "text.txt"


def write_draft(draft: Draft, folder: str | Path) -> Path:
    """Return the folder that now holds a draft as a dossier; nothing there is ever overwritten.

    Beside the tables stand evidence.csv and, as text.txt, the text that its offsets count in. A
    name that ends in `.xlsx` is one new workbook, whose unsure cells are coloured. A draft without
    a figure leaves tables to fill by hand.

    Raises
    ------
    DossierError
        The folder is neither new nor empty, or the workbook is there already.
    """
    path = Path(folder)
    text = {TEXT: draft.text.encode("utf-8", "replace")}
    if len(draft.claims):
        return write_dossier(draft.dossier(), path, beside=text)
    if workbook.is_named(path):
        raise DossierError([Problem(draft.file or draft.name, "holds no figure that was found")])
    title = headline(draft.text) or draft.name
    files = {f"{name}.csv": write_table([], name).encode() for name in COLUMNS}
    return place_files(files | text | {package.FILE: package.describe(draft.name, title)}, path)
