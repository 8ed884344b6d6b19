"""HTML from a notebook made fit for the page: only known tags, headings in step, own anchors.

Whatever a notebook shows is written anew from an allow-list: no script, no handler, no style, no
address but http(s) and places in the page itself, nothing left open that could swallow the rest.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urlsplit

TAGS = frozenset(
    (
        *("a", "abbr", "b", "bdi", "blockquote", "br", "cite", "code", "del", "em", "i", "kbd"),
        *("mark", "p", "pre", "q", "s", "small", "span", "strong", "sub", "sup", "time", "u"),
        *("details", "div", "figcaption", "figure", "hr", "img", "summary"),
        *("dd", "dl", "dt", "li", "ol", "ul", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("caption", "col", "colgroup", "table", "tbody", "td", "tfoot", "th", "thead", "tr"),
    )
)
VOID = frozenset(("br", "col", "hr", "img"))
# Their content is not text for a reader.
SILENT = frozenset(("script", "style", "template", "iframe", "object", "noscript", "title"))
PLAIN = frozenset(
    ("alt", "class", "data-label", "datetime", "dir", "lang", "open", "start", "title")
)
NUMBERS = frozenset(("colspan", "rowspan", "width", "height", "span"))
REFERENCES = frozenset(("headers", "aria-labelledby", "aria-describedby"))
# They get an anchor from their own words.
NAMED = frozenset(("caption", "h1", "h2", "h3", "h4", "h5", "h6"))
PICTURE = re.compile(r"data:image/(png|jpeg|gif|webp|svg\+xml);base64,[A-Za-z0-9+/=\s]+")
TURNED = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def is_web(url: str) -> bool:
    """Return whether an address may be a link: http or https, with a host.

    >>> is_web("https://example.org/a"), is_web("javascript:alert(1)")
    (True, False)
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and url.isprintable()


class Rewriter(HTMLParser):
    """Rewrites the pieces of one chapter; `headings` lists what it met: level, id, text.

    Parameters
    ----------
    prefix : str
        Stands before every id, so that two chapters never share one.
    chapters : names of notebooks
        A link to one of these files becomes a link to the chapter.
    top : int
        The level of the chapter's own heading; deeper ones follow without a gap.
    """

    def __init__(self, prefix: str, *, chapters: frozenset[str] = frozenset(), top: int = 2):
        super().__init__(convert_charrefs=True)
        self.prefix, self.chapters, self.top = prefix, chapters, top
        self.headings: list[tuple[int, str, str]] = []
        self._level = top - 1
        self._ids: set[str] = set()
        self._begin()

    def _begin(self) -> None:
        self._out: list[str] = []
        self._open: list[tuple[str, str, int]] = []  # as named, as written, where in `_out`
        self._silent = 0
        self._words: list[str] = []  # of the heading, caption or column head under way
        self._heads: list[str] = []  # of the table under way
        self._column = 0

    def rewrite(self, text: str) -> str:
        """Return one piece of HTML, safe and whole."""
        self.reset()
        self._begin()
        self.feed(text)
        self.close()
        while self._open:
            self._close_last()
        return "".join(self._out)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Write a known tag with its known attributes."""
        if tag in SILENT:
            self._silent += 1
        if self._silent or tag not in TAGS:
            return
        given = {name: value or "" for name, value in attrs}
        if tag == "img":
            given.setdefault("alt", "")
            if not PICTURE.fullmatch(given.get("src", "")):
                self.handle_data(given["alt"])  # its words stand for what may not be loaded
                return
        written = tag
        if tag in NAMED:
            given.pop("id", None)  # it is made of the words, which are still to come
            self._words = []
            written = self._step(tag)
        if tag in ("th", "td"):
            self._place_cell(tag, given)
        if tag == "tr":
            self._column = 0
        if tag == "table":
            self._heads = []
            self._out.append('<div class="scroll">')
        if tag not in VOID:
            self._open.append((tag, written, len(self._out)))
        self._out.append(f"<{written}{''.join(self._attributes(tag, given))}>")

    def _step(self, tag: str) -> str:
        """Return a heading's tag, below the page's own headings and skipping no level."""
        if tag == "caption":
            return tag
        self._level = min(int(tag[1]) + self.top - 1, self._level + 1, 6)
        return f"h{self._level}"

    def _place_cell(self, tag: str, given: dict[str, str]) -> None:
        """Say what a header heads, and name the column of a cell for where it stands alone."""
        given.pop("data-label", None)
        if tag == "th":
            given.setdefault("scope", "col" if self._is_open("thead") else "row")
            self._words = []
        elif self._column < len(self._heads):
            given["data-label"] = self._heads[self._column]
        self._column += 1

    def _is_open(self, tag: str) -> bool:
        return any(source == tag for source, _, _ in self._open)

    def _attributes(self, tag: str, given: dict[str, str]) -> Iterator[str]:
        for name, value in given.items():
            if name in PLAIN or (name == "scope" and tag == "th"):
                yield f' {name}="{html.escape(value)}"'
            elif name in NUMBERS and value.isdecimal():
                yield f' {name}="{value}"'
            elif name == "id":
                yield f' id="{html.escape(self.unique(value))}"'
            elif name in REFERENCES:
                names = (f"{self.prefix}-{part}" for part in value.split())
                yield f' {name}="{html.escape(" ".join(names))}"'
            elif name == "href" and tag == "a":
                yield from self._link(value)
            elif name == "src" and tag == "img":
                yield f' src="{value}"'

    def _link(self, target: str) -> Iterator[str]:
        name = target.split("#")[0].removeprefix("./").removesuffix(".ipynb")
        if name in self.chapters:
            yield f' href="#{html.escape(name)}"'
        elif target.startswith("#"):
            yield f' href="#{html.escape(f"{self.prefix}-{target[1:]}")}"'
        elif is_web(target):
            yield f' href="{html.escape(target)}" rel="noreferrer"'

    def handle_endtag(self, tag: str) -> None:
        """Close a tag that is open, and what was left open inside it."""
        if tag in SILENT:
            self._silent = max(0, self._silent - 1)
        elif not self._silent and self._is_open(tag):
            while self._close_last() != tag:
                pass

    def _close_last(self) -> str:
        tag, written, at = self._open.pop()
        if tag == "th":
            written = self._end_head(at)
        self._out.append(f"</{written}>")
        if tag == "table":
            self._out.append("</div>")
        if tag in NAMED:
            self._name(written, at)
        return tag

    def _end_head(self, at: int) -> str:
        """Return the tag of a header cell: that of a plain one where it is empty."""
        words = " ".join("".join(self._words).split())
        if self._is_open("thead"):
            self._heads.append(words)
        if not words:
            self._out[at] = "<td>"
        return "th" if words else "td"

    def _name(self, written: str, at: int) -> None:
        """Give a heading or caption its anchor, and the frame around a table its name."""
        words = " ".join("".join(self._words).split())
        slug = re.sub(r"\W+", "-", words.lower()).strip("-")[:60] or written
        name = html.escape(self.unique(slug))
        self._out[at] = f'<{written} id="{name}">'
        if written != "caption":
            self.headings.append((int(written[1]), name, words))
        elif self._open and self._open[-1][0] == "table":
            frame = f'<div class="scroll" role="group" tabindex="0" aria-labelledby="{name}">'
            self._out[self._open[-1][2] - 1] = frame

    def unique(self, name: str) -> str:
        """Return the name behind the prefix, numbered where the chapter has it already."""
        found, count = f"{self.prefix}-{name}", 1
        while found in self._ids:
            count += 1
            found = f"{self.prefix}-{name}-{count}"
        self._ids.add(found)
        return found

    def handle_data(self, data: str) -> None:
        """Write text letter by letter; marks that turn the writing act on it alone."""
        if self._silent:
            return
        self._words.append(data)
        text = html.escape(data, quote=False)
        self._out.append(f"<bdi>{text}</bdi>" if TURNED.search(data) else text)
