"""What pages and documents share: blanks made plain, the rows of a table as lines of text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

LONGEST_CELL = 400  # letters; more is a column of a page, no cell of a table

# Soft hyphens, empty blanks and marks of direction: typesetting that stands inside of words. The
# two joiners stay, for some scripts spell with them.
_EMPTY = re.compile("[\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_BLANK = re.compile(r"(?<!\d)[\xa0\u2007\u202f]|[\xa0\u2007\u202f](?!\d)")


def tidy(text: str) -> str:
    """Return text without what cannot be seen in it, single blanks, no blank at a line's end.

    >>> tidy("153\\u200b,770 \\u202bmen\\u202c")
    '153,770 men'
    """
    plain = _BLANK.sub(" ", _EMPTY.sub("", text))
    return re.sub(r"[ \t]*\n[ \t\n]*", "\n", re.sub(r"[ \t]+", " ", plain)).strip()


def rows_as_text(rows: Iterable[Sequence[str]]) -> str:
    """Return the rows of a table as lines, ` | ` between cells; of a page's columns one by one."""
    kept = [[" ".join(cell.split("\n")) for cell in row if cell.strip()] for row in rows]
    if any(len(cell) > LONGEST_CELL for row in kept for cell in row):
        return "\n".join(cell for row in kept for cell in row)
    return "\n".join(" | ".join(row) for row in kept if row)
