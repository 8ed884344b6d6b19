"""Text fit for a terminal, a spreadsheet or a script: wrapped lines, CSV, JSON.

Everything from a dossier is data: control characters and marks that turn the direction of
writing are shown by name, never sent, and no cell of a CSV can be taken as a formula.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

WIDTH = 80

# Control characters, marks of direction, invisible separators, lone surrogates.
UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe(text: object) -> str:
    r"""Return text fit for one line of a terminal: unsafe characters by their code, blanks single.

    >>> safe("a\x1b[31m  b")
    'a\\u001b[31m b'
    """
    return escaped(re.sub(r"[ \t\n]+", " ", str(text)))


def escaped(text: str) -> str:
    """Return text with unsafe characters by their code; blanks and line ends stay."""
    return UNSAFE.sub(_code, text)


def _code(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def columns(text: str) -> int:
    """Return how many columns of a terminal a text takes; wide characters take two."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def wrapped(text: object, *, indent: str = "", first: str | None = None) -> Iterator[str]:
    """Yield lines of at most 80 columns; `first` stands where the first line is indented."""
    line, empty = (indent if first is None else first), True
    for word in _words(safe(text), WIDTH - columns(indent)):
        if not empty and columns(line) + 1 + columns(word) > WIDTH:
            yield line
            line, empty = indent, True
        line += word if empty else f" {word}"
        empty = False
    yield line.rstrip()


def _words(text: str, room: int) -> Iterator[str]:
    """Yield the words of a text, those too long for a line in pieces."""
    for word in text.split(" "):
        while columns(word) > room:
            cut = room if columns(word) == len(word) else room // 2
            yield word[:cut]
            word = word[cut:]
        if word:
            yield word


def as_csv(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> str:
    """Return rows as CSV; no cell of it is taken for a formula by a spreadsheet.

    >>> print(as_csv([{"name": "=1+1"}], ["name"]), end="")
    name
    '=1+1
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row.get(column)) for column in columns])
    return out.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    text = str(value)
    # Numbers of our own are never negative, so that a minus always begins someone's text.
    return safe(f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text)


def as_json(value: Any, *, ascii_only: bool = False) -> str:
    """Return JSON to read: unsafe characters stay escaped, the rest as it is written."""
    text = json.dumps(value, ensure_ascii=ascii_only, allow_nan=False, indent=2)
    return UNSAFE.sub(lambda match: json.dumps(match.group())[1:-1], text)
