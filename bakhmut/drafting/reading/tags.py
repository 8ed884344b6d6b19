"""The source of a page as a tree of its tags, however badly it is written."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bakhmut.drafting.reading.layout import tidy


def words_of(text: str) -> frozenset[str]:
    """Return the words of a line."""
    return frozenset(text.split())


MOST_TAGS = 200_000
MOST_DEPTH = 150
BLOCKS = words_of(
    """
    address article aside blockquote body caption center dd details div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hr html li main ol p pre section summary table
    tbody td tfoot th thead tr ul
    """
)
TABLE = frozenset({"table", "tr", "td", "th", "tbody", "thead", "tfoot", "caption"})


_VOID = words_of(
    """
    area base br col embed hr img input link meta param source track wbr
    """
)


# What a tag closes that was left open before it, and beyond which it never looks.
_CLOSES = {
    "li": ({"li"}, {"ul", "ol", "table"}),
    "dd": ({"dd", "dt"}, {"dl", "table"}),
    "dt": ({"dd", "dt"}, {"dl", "table"}),
    "tr": ({"tr"}, {"table"}),
    "td": ({"td", "th"}, {"tr", "table"}),
    "th": ({"td", "th"}, {"tr", "table"}),
}


_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[a-zA-Z][^\s/>]{0,40}+)"
    r"(?P<rest>(?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+)*+)>"
)


_ATTRIBUTE = re.compile(
    r"(?P<name>[^\s=/\"'>]++)"
    r"(?:\s*+=\s*+(?:\"(?P<d>[^\"]*+)\"|'(?P<s>[^']*+)'|(?P<w>[^\s>]++)))?"
)


_READ = frozenset({"class", "id", "role", "hidden", "style", "aria-hidden", "itemprop"})


_RAW = {name: re.compile(rf"</{name}(?=[\s/>])", re.I) for name in ("script", "style", "title",
        "textarea", "noscript", "iframe", "xmp")}  # fmt: skip


@dataclass(eq=False)
class Node:
    """An element: its name, what it says of itself, and what is in it."""

    tag: str
    says: dict[str, str] = field(default_factory=dict)
    inside: list[Node | str] = field(default_factory=list)
    letters: int = 0
    linked: int = 0
    links: int = 0
    holds: set[str] = field(default_factory=set)


def _tokens(source: str) -> Iterator[tuple[str, str, str]]:
    """Yield ("text", words, ""), ("open", tag, attributes) and ("close", tag, "")."""
    at, tags = 0, 0
    while (start := source.find("<", at)) >= 0:
        if start > at:
            yield "text", source[at:start], ""
        if source.startswith("<!--", start):
            end = source.find("-->", start + 4)
            at = end + 3 if end >= 0 else len(source)
        elif source.startswith(("<!", "<?"), start):
            end = source.find(">", start)
            at = end + 1 if end >= 0 else len(source)
        elif not re.match(r"/?[a-zA-Z]", source[start + 1 : start + 3]):
            yield "text", "<", ""
            at = start + 1
        elif (tag := _TAG.match(source, start)) is None:
            return  # a tag without an end: a browser shows nothing of what follows
        else:
            tags += 1
            if tags > MOST_TAGS:
                raise ValueError(f"has more than the {MOST_TAGS:,} tags that a page may have")
            name, at = tag["name"].lower(), tag.end()
            yield "close" if tag["close"] else "open", name, tag["rest"]
            if name in _RAW and not tag["close"]:
                end = _RAW[name].search(source, at)
                stop = end.start() if end else len(source)
                yield "text", source[at:stop], ""
                at = stop
    yield "text", source[at:], ""


def tree_of(source: str) -> tuple[Node, str]:
    """Return the elements of a page as a tree, and its title."""
    whole = Node("page")
    stack, title = [whole], ""
    for kind, word, rest in _tokens(source):
        if kind == "text":
            if stack[-1].tag == "title" and not title:
                title = tidy(re.sub(r"\s+", " ", _unescaped(word)))
            stack[-1].inside.append(_unescaped(word))
        elif kind == "close":
            _close(stack, {word}, set() if word in TABLE else {"td", "th", "table"})
        else:
            if word in BLOCKS:
                _close(stack, {"p"}, {"td", "th", "table", "button"})
            if word in _CLOSES:
                _close(stack, *_CLOSES[word])
            node = Node(word, _says(rest))
            stack[-1].inside.append(node)
            if word not in _VOID and len(stack) < MOST_DEPTH:
                stack.append(node)
    return whole, title


def _close(stack: list[Node], names: set[str], beyond: set[str]) -> None:
    """Close the innermost open element of these names, and all in it."""
    for place in range(len(stack) - 1, 0, -1):
        if stack[place].tag in names:
            del stack[place:]
            return
        if stack[place].tag in beyond:
            return


def _says(rest: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(rest):
        if (name := match["name"].lower()) in _READ:
            found.setdefault(name, match["d"] or match["s"] or match["w"] or "")
    return found


def _unescaped(text: str) -> str:
    return html.unescape(re.sub(r"&#[0-9]{8,}", "&#0", text)) if "&" in text else text
