"""A file in; its text out, as the offsets of a draft and `bakhmut verify` count it.

`read_text("story.html")` is the headline, paragraphs, bullets, captions and tables of a saved page,
with a blank line between them. Nothing in a file is run, and nothing it names is fetched.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

from bakhmut.base.files import content_of, limited
from bakhmut.dossier.doors import delimited as doors
from bakhmut.dossier.problems import DossierError, Problem
from bakhmut.drafting.reading.documents import pdf_text, word_text
from bakhmut.drafting.reading.markdown import markdown_text
from bakhmut.drafting.reading.pages import archived_page, declared_encoding, page_text

STANDARD_INPUT = "-"
# What a draft can be made of by its name alone; `read_text` takes any file that holds a text.
SUFFIXES = frozenset(
    {".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".mhtml", ".mht"}
    | {".docx", ".pdf"}
)
_PAGE = re.compile(
    rb"(?:\s|<!--.*?-->|<\?xml[^>]*+>)*+<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_ARCHIVE = re.compile(rb"(?:[\w-]+:[^\n]*+\n[ \t]?)*?content-type:\s*multipart/related", re.I)
_BOM = re.compile(rb"\A(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)")
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLD_WORD = b"\xd0\xcf\x11\xe0"


def read_text(path: str | Path) -> str:
    """Return the text of a file: plain, Markdown, a saved page, a Word document or a PDF.

    Offsets are characters of what is returned; each line of it ends in one newline.

    Raises
    ------
    DossierError
        One sentence: the file cannot be read, is too large, is locked, or holds no text.
    """
    name = "standard input" if str(path) == STANDARD_INPUT else str(path)
    if re.match(r"https?:/", name):
        raise _refused(name, "is an address; save the page in the browser and name the file")
    try:
        if str(path) == STANDARD_INPUT:
            content = limited(sys.stdin.buffer)
        else:
            content = content_of(Path(path))
        return text_of(content, Path(name).suffix.lower())
    except OSError as error:
        raise _refused(name, f"cannot be read ({error.strerror or error})") from error
    except ValueError as error:
        raise _refused(name, str(error)) from error


def text_of(content: bytes, suffix: str = "") -> str:
    """Return the text in the bytes of a file; `suffix` is how its name ends.

    Raises `ValueError` with what is wrong.
    """
    text = _reader(content, suffix)(content)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        raise ValueError("holds a NUL byte; this is not a text file")
    if not re.search(r"\w", text):
        raise ValueError("holds no text")
    return text


def _reader(content: bytes, suffix: str) -> Callable[[bytes], str]:
    """Return what reads a file; what it begins with counts for more than how it is called."""
    if b"%PDF-" in content[:1024] or suffix == ".pdf":
        return pdf_text
    if content.startswith(_ZIP) or suffix == ".docx":
        return word_text
    if content.startswith(_OLD_WORD):
        raise ValueError("is a document of an old Word; save it as .docx")
    if suffix in (".mhtml", ".mht") or _ARCHIVE.match(content[:4096]):
        return lambda found: _page(archived_page(found))
    # The blanks of UTF-16 are pairs with a NUL, so that its tags show once these are gone.
    if suffix in (".html", ".htm", ".xhtml") or _PAGE.match(_start(content)):
        return _page
    if suffix in (".md", ".markdown"):
        return lambda found: markdown_text(decoded(found))
    return decoded


def _start(content: bytes) -> bytes:
    return _BOM.sub(b"", content[:4096]).replace(b"\0", b"")


def _page(content: bytes) -> str:
    declared = declared_encoding(content)
    if declared and not _BOM.match(content):
        try:
            return page_text(content.decode(declared))
        except (LookupError, UnicodeError):
            pass  # what a page says of itself is often wrong
    return page_text(decoded(content))


def decoded(content: bytes) -> str:
    """Return bytes as text: by their byte-order mark, as UTF-8, else as western Windows text."""
    try:
        return doors.text_of(content)[0]
    except doors.Fault as error:
        where = f" from line {error.row:,} on" if error.row else ""
        raise ValueError(f"is not UTF-8 text{where}; save it as UTF-8") from error


def _refused(name: str, what: str) -> DossierError:
    return DossierError([Problem(name, what)])
