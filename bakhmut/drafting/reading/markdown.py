"""Markdown in; the words a reader sees out: no addresses, no marks of emphasis, no code.

`**5,000** [killed](https://example.org/2023)` is `5,000 killed`.
"""

from __future__ import annotations

import html
import re

_FRONT = re.compile(r"\A---[ \t]*\n(?P<lines>.*?\n)---[ \t]*(?:\n|\Z)", re.S)
_TITLE = re.compile(r"^title:(.+)$", re.M)
_FENCE = re.compile(r"\s{0,3}(```|~~~)")
_DEFINITION = re.compile(r"\s{0,3}\[[^\]]{1,200}\]:\s")
# A rule, the line under a heading, the one below the head of a table.
_RULE = re.compile(r"(?=.*[=|*_-].?[=|*_-])[\s=:|*_-]++$")
_HEADING = re.compile(r"\s{0,3}#{1,6}\s+(.*)$")
_BULLET = re.compile(r"\s*(?:[*+-]|\d{1,3}[.)])\s+(?=\S)")
_MARKS = (
    (re.compile(r"</?[a-zA-Z][^<>]{0,2000}>"), ""),
    (re.compile(r"<https?:[^<>\s]{0,2000}>"), ""),
    (re.compile(r"!\[[^\[\]]{0,2000}\](?:\([^()\n]{0,2000}\)|\[[^\[\]\n]{0,200}\])?"), ""),
    (re.compile(r"\[\^[^\[\]\n]{1,100}\]"), ""),
    (re.compile(r"\[([^\[\]]{0,2000})\](?:\([^()\n]{0,2000}\)|\[[^\[\]\n]{0,200}\])"), r"\1"),
    # An opening mark stands before a word, a closing one behind it: `5*3` has neither.
    (re.compile(r"(?<![\w\\])[*_~]{1,3}(?=\S)|(?<=[^\s\\])[*_~]{1,3}(?!\w)"), ""),
    (re.compile(r"(?<!`)`(?!`)"), ""),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!|>~-])"), r"\1"),
)


def markdown_text(source: str) -> str:
    """Return the text of a Markdown file, a blank line between its parts.

    Code and the address of a link are left out; a bullet begins with its mark, the cells of a
    table have ` | ` between them.
    """
    source = _without_comments(source.replace("\r\n", "\n").replace("\r", "\n"))
    parts: list[list[str]] = [[]]
    if front := _FRONT.match(source):
        source = source[front.end() :]
        if title := _TITLE.search(front["lines"]):
            parts += [[title[1].strip(" \t\"'")], []]
    closing = ""
    for line in source.split("\n"):
        if fence := _FENCE.match(line):
            closing = "" if closing == fence[1] else closing or fence[1]
        elif not closing:
            _take(line, parts)
    texts = (_plain(" ".join(lines)) for lines in parts)
    return "\n\n".join(filter(None, texts))


def _without_comments(source: str) -> str:
    kept, at = [], 0
    while (start := source.find("<!--", at)) >= 0 and (end := source.find("-->", start)) >= 0:
        kept.append(source[at:start])
        at = end + 3
    return "".join(kept) + source[at:]


def _take(line: str, parts: list[list[str]]) -> None:
    """Add a line to the part that it belongs to, or begin another."""
    line = re.sub(r"^\s{0,3}(?:>\s?)+", "", line)
    if heading := _HEADING.match(line):
        parts += [[heading[1].rstrip(" \t#")], []]
    elif not line.strip() or _RULE.match(line) or _DEFINITION.match(line):
        parts.append([])
    elif bullet := _BULLET.match(line):
        parts.append([f"• {line[bullet.end() :].strip()}"])
    elif line.lstrip().startswith("|"):
        cells = (cell.strip() for cell in line.strip().strip("|").split("|"))
        parts += [[" | ".join(filter(None, cells))], []]
    else:
        parts[-1].append(line.strip())


def _plain(text: str) -> str:
    for mark, instead in _MARKS:
        text = mark.sub(instead, text)
    text = html.unescape(re.sub(r"&#[0-9]{8,}", "&#0", text))
    return re.sub(r"[ \t]+", " ", text).strip()
