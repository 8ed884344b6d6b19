"""A file in; its text out, as the offsets of a draft and `bakhmut verify` count it.

`read_text("story.html")` is the headline, paragraphs, bullets, captions and tables of a saved page,
with a blank line between them. Nothing in a file is run, and nothing it names is fetched.
"""

from __future__ import annotations

import codecs
import os
import re
import stat
from collections.abc import Callable
from pathlib import Path

from bakhmut.dossier.problems import DossierError, Problem
from bakhmut.drafting.documents import pdf_text, word_text
from bakhmut.drafting.markdown import markdown_text
from bakhmut.drafting.pages import archived_page, declared_encoding, page_text

MOST_BYTES = 32 * 2**20
# What a draft can be made of by its name alone; `read_text` takes any file that holds a text.
SUFFIXES = frozenset(
    {".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".mhtml", ".mht"}
    | {".docx", ".pdf"}
)
_PAGE = re.compile(
    rb"(?:\s|<!--.*?-->|<\?xml[^>]*+>)*+<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_ARCHIVE = re.compile(rb"(?:[\w-]+:[^\n]*+\n[ \t]?)*?content-type:\s*multipart/related", re.I)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OLD_WORD = b"\xd0\xcf\x11\xe0"
# No Western language has so many letters with accents: it is another encoding, or no text.
MOST_ACCENTED = 0.3


def read_text(path: str | Path) -> str:
    """Return the text of a file: plain, Markdown, a saved page, a Word document or a PDF.

    Offsets are characters of what is returned; each line of it ends in one newline.

    Raises
    ------
    DossierError
        One sentence: the file cannot be read, is too large, is locked, or holds no text.
    """
    return text_of(_content(Path(path)), str(path))


def _content(path: Path) -> bytes:
    """Return the bytes of a plain file."""
    shown = str(path)
    if re.match(r"https?:/", shown):
        raise _refused(shown, "is an address; save the page in the browser and name the file")
    try:
        # What is no plain file may have no end: it is not opened at all.
        mode = os.stat(path).st_mode
        if stat.S_ISDIR(mode):
            raise _refused(shown, "is a folder; name the file that holds the text")
        if not stat.S_ISREG(mode):
            raise _refused(shown, "is not a plain file; a text from a pipe is read as -")
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        if isinstance(error, DossierError):
            raise
        why = getattr(error, "strerror", None) or error
        raise _refused(shown, f"cannot be read ({why})") from error


def text_of(content: bytes, name: str) -> str:
    """Return the text in the bytes of a file; `name` is for its suffix and for messages.

    Raises `DossierError` as `read_text` does.
    """
    if len(content) > MOST_BYTES:
        raise _refused(name, f"is larger than the {MOST_BYTES // 2**20} MB that a text may have")
    try:
        text = _reader(content, Path(name).suffix.lower())(content)
    except ValueError as error:
        raise _refused(name, str(error)) from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        raise _refused(name, "holds a NUL byte; this is not a text file")
    if not re.search(r"\w", text):
        raise _refused(name, "holds no text")
    return text


def _reader(content: bytes, suffix: str) -> Callable[[bytes], str]:
    """Return what reads a file; what it begins with counts for more than how it is called."""
    if b"%PDF-" in content[:1024] or suffix == ".pdf":
        return pdf_text
    if content.startswith(b"PK") or suffix == ".docx":
        return word_text
    if content.startswith(_OLD_WORD):
        raise ValueError("is a document of an old Word; save it as .docx")
    if suffix in (".mhtml", ".mht") or _ARCHIVE.match(content[:4096]):
        return lambda found: _page(archived_page(found))
    # The blanks of UTF-16 are pairs with a NUL, so that its tags show once these are gone.
    if suffix in (".html", ".htm", ".xhtml") or _PAGE.match(_start(content)):
        return _page
    return (
        (lambda found: markdown_text(decoded(found))) if suffix in (".md", ".markdown") else decoded
    )


def _start(content: bytes) -> bytes:
    start = content[:4096]
    for mark, _ in _BOMS:
        start = start.removeprefix(mark)
    return start.replace(b"\0", b"")


def _page(content: bytes) -> str:
    return page_text(decoded(content, declared_encoding(content)))


def decoded(content: bytes, declared: str = "") -> str:
    """Return bytes as text: by their byte-order mark, as declared, as UTF-8, as Windows-1252.

    Raises `ValueError` where they are none of these.
    """
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _by(content, encoding)
    if declared:
        try:
            return content.decode(declared)
        except (LookupError, ValueError):
            pass  # a page that says so of itself is often wrong
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError:
            text = ""
        if _is_western(text):
            return text
        raise _unreadable(content, error) from error


def _by(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise _unreadable(content, error) from error


def _unreadable(content: bytes, error: UnicodeDecodeError) -> ValueError:
    line = content[: error.start].count(b"\n") + 1
    return ValueError(f"is not UTF-8 text from line {line:,} on; save it as UTF-8")


def _is_western(text: str) -> bool:
    """Return whether a text read as Windows-1252 can have been written so."""
    letters = [letter for letter in text if letter.isalpha()]
    accented = sum(letter > "\x7f" for letter in letters)
    return bool(letters) and "\0" not in text and accented <= MOST_ACCENTED * len(letters)


def _refused(name: str, what: str) -> DossierError:
    return DossierError([Problem(name, what)])
