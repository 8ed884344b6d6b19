"""The ways in: `draft` takes a text, `read_dossier` a dossier or a text that is drafted at once."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bakhmut.dossier import claims
from bakhmut.dossier.claims import Dossier, DossierError
from bakhmut.dossier.problems import Problem

if TYPE_CHECKING:
    from bakhmut.drafting.drafts import Draft

# A book has half of it. What takes longer than a minute to draft is no article.
MOST_CHARACTERS = 2_000_000


def draft(path: str | Path | None = None, *, text: str | None = None) -> Draft:
    """Return the figures that a text reports, as claims, each cell with the words behind it.

    Parameters
    ----------
    path
        A file: .txt, .md, a saved .html page, .docx, or .pdf (with pypdf).
    text
        The text itself, in place of a file.

    Returns
    -------
    Draft
        `claims` and `evidence` are frames, `text` is what the offsets of `evidence` count in, and
        `dossier()` is what the other verbs take. Without a figure in the text, without a claim.

    Raises
    ------
    DossierError
        Where the file cannot be used, in one sentence.
    """
    from bakhmut.drafting.drafts import draft_text  # a second of patterns, for texts only
    from bakhmut.drafting.reading.intake import STANDARD_INPUT, read_text

    if (path is None) == (text is None):
        raise TypeError("draft takes a path or text=..., one of them")
    if path is None:
        words, origin = str(text), "draft"
    else:
        words, origin = read_text(path), str(path)
    if len(words) > MOST_CHARACTERS:
        what = f"has {len(words):,} characters; a draft is made of at most {MOST_CHARACTERS:,}"
        raise DossierError([Problem(origin, what)])
    found = draft_text(words)
    if path is None or origin == STANDARD_INPUT:
        return found
    return replace(found, name=Path(path).stem, file=Path(path).name)


def is_text(path: str | Path) -> bool:
    """Return whether a path names a text to draft, by its suffix, and no dossier."""
    if os.path.isdir(path):
        return False
    from bakhmut.drafting.reading.intake import SUFFIXES  # with all that reads pages and documents

    return Path(path).suffix.lower() in SUFFIXES


def read_dossier(path: str | Path | None = None) -> Dossier:
    """Return the dossier in a folder or a claims.csv, or drafted from a text; the article's else.

    Only claims.csv is needed. Where another table is missing the article's stands in: terms,
    sources and assumptions whole; readings only for claims with the same id, quote and figure,
    positions only where the dossier has one of the article's claims. A table with a header and no
    rows says "none". A text (.txt, .md, .html, .docx, .pdf) is drafted on the fly, as `draft` does:
    nothing of the article's stands in, and nobody has confirmed it. All faults are raised together
    in one `DossierError`.
    """
    if path is not None and is_text(path):
        return replace(draft(path).dossier(), folder=Path(path).parent, file=Path(path).name)
    return claims.read_dossier(path)
