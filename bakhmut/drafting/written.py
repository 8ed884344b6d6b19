"""A draft as a folder: the tables of a dossier, evidence.csv, and the text itself."""

from __future__ import annotations

import json
from pathlib import Path

from bakhmut.dossier.claims import write_dossier
from bakhmut.dossier.tables import TABLES, place_files, write_table
from bakhmut.drafting.drafts import Draft

TEXT = "text.txt"
LONGEST_TITLE = 160


def write_draft(draft: Draft, folder: str | Path, *, origin: str = "") -> Path:
    """Return the folder that now holds a draft as a dossier; nothing there is ever overwritten.

    Beside the tables stand evidence.csv, the text as text.txt, and the headline in
    datapackage.json. `origin` is the name of the file that the text came from. Raises
    `DossierError` where `folder` is neither new nor empty.
    """
    beside = {
        TEXT: draft.text.encode("utf-8", "replace"),
        "datapackage.json": _package(draft, origin),
    }
    if draft.claims.empty:  # tables to fill by hand
        files = {f"{name}.csv": write_table((), name).encode() for name in (*TABLES, "evidence")}
        return place_files(files | beside, Path(folder))
    return write_dossier(draft.dossier(), folder, beside=beside)


def _package(draft: Draft, origin: str) -> bytes:
    first = draft.text.strip().split("\n", 1)[0]
    title = first if 0 < len(first) <= LONGEST_TITLE else draft.name
    package = {"title": title, "sources": [{"title": origin or draft.name, "path": TEXT}]}
    return f"{json.dumps(package, ensure_ascii=False, indent=1)}\n".encode("utf-8", "replace")
