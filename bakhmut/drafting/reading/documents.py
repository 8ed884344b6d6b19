"""Documents in, their text out: Word's .docx by the standard library, PDF by pypdf."""

from __future__ import annotations

import io
import logging
import re
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any
from xml.etree import ElementTree

from bakhmut.dossier.doors.delimited import Fault
from bakhmut.dossier.doors.packed import archive_of, xml_of
from bakhmut.drafting.reading.layout import rows_as_text, tidy

MOST_PAGES = 2_000
BODY = "word/document.xml"
# Deleted text, codes of fields and the older copy of a drawing: nobody reads them.
_UNSEEN = frozenset({"del", "moveFrom", "instrText", "Fallback", "footnoteReference"})
_INSTEAD = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def word_text(content: bytes) -> str:
    """Return the text of a .docx: paragraphs, bullets, tables, in their order.

    Raises `ValueError` with what is wrong: no archive, no document in it, locked, too large once
    unpacked, or XML that declares entities.
    """
    try:
        with archive_of(content) as archive:
            if BODY not in archive.namelist():
                raise Fault(f"is an archive without {BODY}, so no .docx")
            body = xml_of(archive, BODY)
    except (Fault, MemoryError):
        raise
    except Exception as error:  # what zipfile raises depends on how an archive is damaged
        raise ValueError("is not a .docx, which is a zip archive, or a damaged one") from error
    try:
        return "\n\n".join(_Document().blocks(body))
    except (ElementTree.ParseError, LookupError, ValueError) as error:
        raise ValueError(f"is a damaged .docx ({error})") from error


class _Document:
    """The body of a Word document, event by event: paragraphs inside of cells inside of tables."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.paragraphs: list[list[str]] = []
        self.tables: list[list[list[list[str]]]] = []
        self.hidden: list[bool] = []
        self.unseen = 0

    def blocks(self, body: bytes) -> list[str]:
        """Return paragraphs and tables, each as a text."""
        for event, element in ElementTree.iterparse(io.BytesIO(body), ("start", "end")):
            name = element.tag.rpartition("}")[2]
            if name in _UNSEEN:
                self.unseen += 1 if event == "start" else -1
            elif not self.unseen:
                (self._start if event == "start" else self._end)(name, element)
            if event == "end" and name in ("p", "tbl"):
                element.clear()
        return [text for text in map(tidy, self.found) if text]

    def _start(self, name: str, element: ElementTree.Element) -> None:
        if name == "p":
            self.paragraphs.append([])
        elif name == "r":
            self.hidden.append(False)
        elif name == "tbl":
            self.tables.append([])
        elif name == "tr" and self.tables:
            self.tables[-1].append([])
        elif name == "tc" and self.tables and self.tables[-1]:
            self.tables[-1][-1].append([])

    def _end(self, name: str, element: ElementTree.Element) -> None:
        if name == "r" and self.hidden:
            self.hidden.pop()
        elif name == "vanish" and self.hidden:
            self.hidden[-1] = True
        elif name in ("numPr", "pStyle") and self.paragraphs and _is_bullet(name, element):
            self.paragraphs[-1][:] = ["• "]
        elif name == "p" and self.paragraphs:
            self._put("".join(self.paragraphs.pop()))
        elif name == "tbl" and self.tables:
            rows = [[" ".join(filter(None, cell)) for cell in row] for row in self.tables.pop()]
            self._put(rows_as_text(rows))
        elif self.paragraphs and not (self.hidden and self.hidden[-1]):
            self.paragraphs[-1].append(
                element.text or "" if name == "t" else _INSTEAD.get(name, "")
            )

    def _put(self, text: str) -> None:
        """Put a text into the cell that is open, else on its own."""
        if self.tables and self.tables[-1] and self.tables[-1][-1]:
            self.tables[-1][-1][-1].append(text.strip())
        else:
            self.found.append(text)


def _is_bullet(name: str, element: ElementTree.Element) -> bool:
    """Return whether the list or the style of a paragraph makes it a bullet."""
    named = element if name == "pStyle" else next(iter(element.iterfind("{*}numId")), element)
    value = next((text for key, text in named.items() if key.rpartition("}")[2] == "val"), "")
    return re.match("List(Bullet|Number)", value) is not None if name == "pStyle" else value != "0"


# -- PDF ---------------------------------------------------------------------------------


def pdf_text(content: bytes) -> str:
    """Return the text of a PDF, its lines joined to paragraphs; needs pypdf.

    Raises `ValueError` with what is wrong: pypdf is missing, the file is locked or damaged, or its
    pages are pictures.
    """
    if b"%PDF-" not in content[:1024]:
        raise ValueError("does not begin as a PDF does")
    try:
        import pypdf
    except ImportError as error:
        raise ValueError('is a PDF, which needs pypdf: pip install "bakhmut[pdf]"') from error
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            pages = _pages(pypdf.PdfReader(io.BytesIO(content)))
    except _Locked:
        raise
    except Exception as error:  # it raises whatever a damaged file leads it into
        what = f"is a damaged PDF, or one that pypdf cannot read ({type(error).__name__})"
        raise ValueError(what) from error
    text = "\n\n".join(_paragraphs(pages))
    if not re.search(r"\w", text):
        raise ValueError("holds no text, only pictures of pages; have the text recognised first")
    return text


class _Locked(ValueError):
    """A PDF that is whole and still not read."""


def _pages(reader: Any) -> list[list[str]]:
    """Return the lines of each page."""
    if reader.is_encrypted:
        try:
            opened = reader.decrypt("")
        except Exception as error:  # ciphers that need another library
            raise _Locked("is locked with a password") from error
        if not opened:
            raise _Locked("is locked with a password")
    if len(reader.pages) > MOST_PAGES:
        raise _Locked(f"has more than the {MOST_PAGES:,} pages that a text may have")
    return [page.extract_text().splitlines() for page in reader.pages]


def _paragraphs(pages: list[list[str]]) -> Iterator[str]:
    """Yield the paragraphs of pages of lines; a line as wide as most runs on into the next."""
    running = _running(pages)
    lines = [tidy(line) for page in pages for line in page if _masked(line) not in running]
    widths = sorted(len(line) for line in lines if line)
    wide = 0.75 * widths[int(0.9 * (len(widths) - 1))] if widths else 0
    paragraph = ""
    for line in lines:
        if re.search(r"[^\W\d_]-$", paragraph[-2:]) and line[:1].islower():
            paragraph = paragraph[:-1] + line
        else:
            paragraph = f"{paragraph} {line}".strip()
        if not line or (len(line) < wide and line[-1] != "-"):
            if paragraph:
                yield paragraph
            paragraph = ""
    if paragraph:
        yield paragraph


def _running(pages: Iterable[list[str]]) -> set[str]:
    """Return the heads and feet of pages, their numbers masked, and lines of a number alone."""
    seen = Counter(line for page in pages for line in {_masked(line) for line in page})
    return {line for line, times in seen.items() if times > 2} | {"#"}


def _masked(line: str) -> str:
    return re.sub(r"\d+", "#", line.strip())
