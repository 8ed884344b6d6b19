"""What people save as a table, as rows of text: any usual encoding, delimiter and compression.

In: the bytes of a file. Out: its records, numbered as a spreadsheet shows them (the first line is
row 1, a blank row counts). Nothing is guessed that could be another: text in an encoding that
cannot be told is refused, and so is a table whose header is not its first row.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import sys
import zlib
from collections.abc import Collection, Iterator
from pathlib import Path

from bakhmut.base.files import content_of, limited

MOST_ROWS = 100_000
LONGEST_CELL = 100_000
LONGEST_LINE = 3_000_000
# A header further down is no title row above a table.
HIGHEST_HEADER = 10

Records = list[tuple[int, list[str]]]

_GZIP = b"\x1f\x8b"
# A whole UTF-8 letter: where one is left, a file is damaged UTF-8 and no Windows text, in which an
# accented letter may well stand before a closing quotation mark.
_UTF8 = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
# Three accented letters in a row, or a y with two dots, are another alphabet taken for the western
# one; what is no letter at all is no text.
_OTHER_ALPHABET = re.compile(r"[À-ÿ]{3}|ÿ|[\x00-\x08\x0e-\x1f]")
_NOT_TEXT = "is not UTF-8 text from here on; save the file as 'CSV UTF-8'"


class Fault(ValueError):
    """What is wrong with a file, and the row from which on it is wrong."""

    def __init__(self, what: str, row: int | None = None):
        super().__init__(what)
        self.row = row


def bytes_of(path: Path | None) -> bytes:
    """Return the bytes of a plain file, unpacked where it is gzip; of standard input for None.

    Raises
    ------
    OSError
        The file cannot be read.
    Fault
        It is no plain file, too large (packed or unpacked), or not whole.
    """
    try:
        content = limited(sys.stdin.buffer) if path is None else content_of(path)
        if content.startswith(_GZIP):
            with gzip.open(io.BytesIO(content)) as file:
                content = limited(file)  # type: ignore[arg-type]
    except ValueError as error:
        raise Fault(str(error)) from error
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise Fault("is not whole: its gzip data cannot be unpacked") from error
    return content


def text_of(content: bytes) -> tuple[str, str]:
    """Return the text of a file, and the encoding it was taken to have where that is not certain.

    A byte-order mark decides, else UTF-8; what is not that, and reads as western Windows text, is
    taken for it.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16"), ""
        except UnicodeDecodeError as error:
            raise Fault("is not whole: its UTF-16 text cannot be read") from error
    try:
        return content.decode("utf-8-sig"), ""
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise Fault(_NOT_TEXT, row) from error
    if _UTF8.search(content) or _OTHER_ALPHABET.search(text):
        raise Fault(_NOT_TEXT, row)
    return text, "Windows text (cp1252)"


def column_of(name: str) -> str:
    """Return a column's name however it is written.

    >>> column_of(" Per Side "), column_of("PER-MEASURE")
    ('per_side', 'per_measure')
    """
    return "_".join(re.split(r"[\s_-]+", name.strip().casefold()))


def records_of(text: str, known: Collection[str]) -> Records:
    """Return the records of a table that are not blank, the header first.

    `known` are the columns that the table may have: the delimiter is the one under which a row
    near the top names most of them.
    """
    skipped, delimiter = _delimiter(text, known)
    records: Records = []
    number = skipped
    reader = csv.reader(_lines(text, skipped), delimiter=delimiter, strict=True)
    try:
        for number, cells in enumerate(reader, skipped + 1):
            if any(cell and not cell.isspace() for cell in cells):
                records.append((number, cells))
            if len(records) > MOST_ROWS + 1:
                raise ValueError(f"has more than the {MOST_ROWS:,} rows that a table may have")
    except csv.Error as error:
        what = "has a double quote out of place; inside a quoted cell write it twice"
        if "field limit" in str(error):
            what = f"has a cell of more than {LONGEST_CELL:,} characters"
        raise Fault(what, number + 1) from error
    except ValueError as error:
        raise Fault(str(error), number + 1) from error
    return records


def _lines(text: str, skipped: int = 0) -> Iterator[str]:
    for at, line in enumerate(io.StringIO(text, newline="")):
        if "\0" in line:
            raise ValueError("holds a NUL byte; this is not a text file")
        if len(line) > LONGEST_LINE:
            raise ValueError(f"is longer than {LONGEST_LINE:,} characters")
        if at >= skipped:
            yield line


def _delimiter(text: str, known: Collection[str]) -> tuple[int, str]:
    """Return how many lines come before the table (`sep=;` of Excel), and its delimiter."""
    head = io.StringIO(text[:LONGEST_CELL], newline="")
    lines = [line for line, _ in zip(head, range(HIGHEST_HEADER), strict=False)]
    if lines and (stated := re.fullmatch(r"sep=(.)\s*", lines[0], re.IGNORECASE)):
        return 1, stated[1]

    def named(mark: str) -> int:
        return max((_named(line.split(mark), known) for line in lines), default=0)

    return 0, max(",;\t", key=named)  # the first of those that are alike


def _named(cells: Collection[str], known: Collection[str]) -> int:
    return len({column_of(cell.strip().strip('"')) for cell in cells} & set(known))


def header_row(records: Records, known: Collection[str]) -> int | None:
    """Return the number of the row that names the columns where it is not the first, else None."""
    first, *others = [(number, _named(cells, known)) for number, cells in records[:HIGHEST_HEADER]]
    number, most = max(others, key=lambda one: one[1], default=(0, 0))
    return number if most > max(first[1], 1) else None
