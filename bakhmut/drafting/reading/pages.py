"""A saved page in; what a reader came for out: headline, paragraphs, bullets, captions, tables.

Navigation, adverts, scripts, forms and what a page hides are left out. The tags are found by a
scan that never looks back, so that a page made to be slow is as quick as any other.
"""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from itertools import pairwise

from bakhmut.drafting.reading.layout import LONGEST_CELL, rows_as_text, tidy
from bakhmut.drafting.reading.tags import BLOCKS, Node, tree_of, words_of

_SKIPPED = words_of(
    """
    head script style noscript template svg math iframe object embed canvas audio video map nav
    footer aside button select textarea input dialog menu rp rt del s strike
    """
)
_REFERENCE = re.compile(r"\s*\[[\w ]{1,20}\]\s*")
_UNSEEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_ROLES = words_of(
    """
    navigation banner contentinfo search complementary dialog menu alert
    """
)
_ASIDE = words_of(
    """
    ad ads advert adverts advertisement advertising adsense adslot adunit sponsor sponsored promo
    promos promoted cookie cookies consent gdpr newsletter newsletters subscribe subscription
    related recommended recommendation recommendations share sharing social breadcrumb breadcrumbs
    comments sidebar nav navbar navigation menu footer masthead pagination popup modal banner
    taboola outbrain toolbar trending mostread mostpopular readmore alsoread
    """
)
_PAIRS = frozenset({"most read", "most popular", "read more", "also read", "more stories"})


def page_text(source: str) -> str:
    """Return the text of a page, a blank line between its parts.

    Where the page marks its article, that is taken; where its headline stands outside, it comes
    first. A bullet begins with its mark, the cells of a table have ` | ` between them.
    """
    whole, title = tree_of(source)
    _measure(whole)
    story = _story(whole)
    blocks = [text for text in map(tidy, _Flow(story).blocks()) if text]
    headline = _headline(whole, story, title)
    return "\n\n".join([headline, *blocks] if headline and headline not in blocks else blocks)


def declared_encoding(content: bytes) -> str:
    """Return how a page says that its letters are written, "" where it does not."""
    found = re.search(
        rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", content[:8192], re.I
    )
    name = found[1].decode("ascii").lower() if found else ""
    # What browsers take these for; and a page whose tag can be read so is not in UTF-16.
    western = {
        "iso-8859-1": "cp1252",
        "latin1": "cp1252",
        "latin-1": "cp1252",
        "us-ascii": "cp1252",
    }
    return "utf-8" if name.startswith("utf-16") else western.get(name, name)


def archived_page(content: bytes) -> bytes:
    """Return the page in a web archive (.mhtml); raise `ValueError` where there is none."""
    for part in email.message_from_bytes(content).walk():
        if part.get_content_type() == "text/html":
            found = part.get_payload(decode=True)
            if isinstance(found, bytes):
                return found
    raise ValueError("is no web archive with a page in it")


# -- the tree ----------------------------------------------------------------------------


# -- what is the story -------------------------------------------------------------------


def _measure(node: Node) -> None:
    """Count the letters and linked letters in an element, once what nobody sees is out of it."""
    for child in node.inside:
        if isinstance(child, str):
            letters = len(re.sub(r"\s+", "", child))
            node.letters += letters
            node.linked += letters if node.tag == "a" else 0
        elif not _is_unseen(child):
            _measure(child)
            node.letters += child.letters
            node.linked += child.letters if node.tag == "a" else child.linked
            node.links += child.links + (child.tag == "a")
            node.holds |= child.holds | {child.tag}
    node.inside = [one for one in node.inside if isinstance(one, str) or not _is_unseen(one)]


def _is_unseen(node: Node) -> bool:
    says = node.says
    return (
        node.tag in _SKIPPED
        or "hidden" in says
        or says.get("aria-hidden", "").lower() == "true"
        or says.get("role", "").lower() in _ROLES
        or _UNSEEN_STYLE.search(says.get("style", "")) is not None
    )


def _story(whole: Node) -> Node:
    """Return the element that holds the article: where the page marks one, that, else all."""
    nodes = [whole, *_below(whole)]
    mains = [node for node in nodes if node.tag == "main" or node.says.get("role") == "main"]
    articles = [
        node for node in nodes
        if node.tag == "article" or "articlebody" in node.says.get("itemprop", "").lower().split()
    ]  # fmt: skip
    story = whole
    for marked, part in ((mains, 0.25), (articles, 0.5)):
        best = max(marked, key=lambda node: node.letters, default=story)
        story = best if best.letters >= part * story.letters else story
    return story


def _below(node: Node) -> Iterator[Node]:
    waiting = [node]
    while waiting:
        children = [one for one in waiting.pop().inside if isinstance(one, Node)]
        waiting += reversed(children)
        if waiting:
            yield waiting[-1]


def _headline(whole: Node, story: Node, title: str) -> str:
    """Return the headline where it stands outside of the story, "" where it is in it."""
    if "h1" in story.holds:
        return ""
    above = next((node for node in _below(whole) if node.tag == "h1" and node.letters), None)
    if above is not None:
        return tidy(" ".join(_Flow(above).blocks()))
    return re.split(r"\s+[|–—-]\s+(?=[^|–—-]{1,40}$)", title)[0]


class _Flow:
    """The blocks of text in an element, in the order in which they are read."""

    def __init__(self, story: Node) -> None:
        self.story = story
        self.found: list[str] = []
        self.line: list[str] = []

    def blocks(self) -> list[str]:
        """Return paragraphs, bullets and tables, each as a text."""
        self._inside(self.story)
        self._end()
        return self.found

    def _inside(self, node: Node) -> None:
        for child in node.inside:
            if isinstance(child, str):
                blanks = r"[ \t]+" if node.tag == "pre" else r"\s+"
                self.line.append(re.sub(blanks, " ", child, flags=re.ASCII))
            elif not self._is_aside(child):
                self._element(child)

    def _element(self, node: Node) -> None:
        if node.tag == "br":
            self.line.append("\n")
        elif node.tag == "table" and _is_data(node):
            self._end()
            self._table(node)
        elif node.tag in BLOCKS:
            self._end()
            if node.tag == "li":
                self.line.append("• ")
            self._inside(node)
            self._end()
        elif not _is_reference(node):
            self._inside(node)

    def _end(self) -> None:
        text = "".join(self.line).strip(" ")
        if text.strip(" \n•"):
            self.found.append(text)
            self.line = []
        else:  # the mark of a bullet whose words are in a block of their own
            self.line = ["• "] if "•" in text else []

    def _table(self, table: Node) -> None:
        rows: list[list[str]] = []
        for node in _below(table):
            if node.tag == "caption":
                self.found.append(_words(node))
            elif node.tag == "tr":
                rows.append([])
            elif node.tag in ("td", "th"):
                rows = rows or [[]]
                rows[-1].append(tidy(" ".join(_Flow(node).blocks())))
        self.found.append(rows_as_text(rows))

    def _is_aside(self, node: Node) -> bool:
        """Return whether an element stands beside the story: an advert, a list of links."""
        if node.letters > self.story.letters / 3 or "h1" in node.holds or node.tag == "h1":
            return False
        words = " ".join(node.says.get(name, "") for name in ("class", "id"))
        words = re.sub(r"([a-z])([A-Z])", r"\1 \2", words)
        named = re.findall(r"[a-z]+", words.lower())
        pairs = {f"{one} {two}" for one, two in pairwise(named)}
        if not _ASIDE.isdisjoint(named) or not _PAIRS.isdisjoint(pairs):
            return True
        is_list = node.tag in ("ul", "ol", "div", "section", "p", "header")
        return is_list and node.links > 2 and node.linked >= 0.8 * node.letters


def _is_reference(node: Node) -> bool:
    """Return whether an element is the number of a footnote: `[12]`, raised."""
    return node.tag == "sup" and 2 < node.letters < 20 and bool(_REFERENCE.fullmatch(_words(node)))


def _is_data(table: Node) -> bool:
    """Return whether a table holds figures, not the columns of a page."""
    if not table.holds.isdisjoint({"table", "h1", "h2", "h3"}):
        return False
    cells = (node for node in _below(table) if node.tag in ("td", "th"))
    return all(cell.letters <= LONGEST_CELL for cell in cells)


def _words(node: Node) -> str:
    """Return the words in an element, tags gone."""
    words = [part if isinstance(part, str) else _words(part) for part in node.inside]
    return re.sub(r"\s+", " ", "".join(words)).strip()
