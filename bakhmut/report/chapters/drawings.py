"""An SVG of a notebook made fit for the page: only known tags, the page's own colours and places.

Whatever a notebook shows is written anew from an allow-list, as its HTML is: shapes and words, no
script, no handler, no style, no address but within the picture. Styles become attributes, which the
page's rules give the colours of day and night. Named marks become links to the row of their claim.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Collection, Iterator
from xml.etree import ElementTree

from bakhmut.report.record import anchor

TAGS = frozenset(
    (
        *("svg", "g", "defs", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"),
        *("text", "tspan", "use", "clipPath", "pattern"),
    )
)
GIVEN = frozenset(
    (
        *("d", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "ry", "width", "height"),
        *("points", "transform", "viewBox", "dx", "dy", "fill", "stroke", "stroke-width"),
        *("stroke-dasharray", "stroke-linecap", "stroke-linejoin", "stroke-opacity", "opacity"),
        *("fill-opacity", "fill-rule", "text-anchor", "font-size", "font-weight", "font-style"),
        *("stroke-dashoffset", "stroke-miterlimit", "patternUnits"),
    )
)
SAFE = re.compile(r"[\w\s#%.,:()+-]*")
_FONT_SIZE = re.compile(r"(\d+(?:\.\d+)?)px")
_DEFAULTS = {("stroke-dashoffset", "0"), ("stroke-miterlimit", "100000"), ("opacity", "1")}


def inline(
    text: str, alt: str, *, unique: Callable[[str], str], claims: Collection[str] = ()
) -> str:
    """Return an SVG for the page, "" where it is none that can be read.

    Parameters
    ----------
    text
        SVG, from anywhere.
    alt
        the words that stand for it.
    unique
        gives a name that no other part of the page has.
    claims
        those that have a row in the page.
    """
    if "<!ENTITY" in text:
        return ""
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError:
        return ""
    if _tag(root) != "svg":
        return ""
    box = root.get("viewBox") or ""
    if not re.fullmatch(r"[\d\s.+-]+", box):
        return ""
    used = {
        reference
        for part in root.iter()
        for value in part.attrib.values()
        for reference in re.findall(r"(?:^|url\()#([^)]+)", value)
    }
    names = {name: unique(name[:12]) for name in sorted(used)}
    for part in root.iter():
        known = [name for name in part.get("data-claim", "").split() if name in claims]
        if known:
            part.set("data-claim", " ".join(known))
        elif "data-claim" in part.attrib:
            del part.attrib["data-claim"]
    inside = "".join(piece for child in root for piece in _written(child, names))
    wide = float(box.split()[2]) if len(box.split()) == 4 else 324
    role = "group" if 'data-claim="' in inside or "aria-label" in inside else "img"
    return (
        f'<svg viewBox="{box}" width="{wide * 16 / 9:.0f}" role="{role}" '
        f'aria-label="{html.escape(alt)}">{inside}</svg>'
    )


def _tag(part: ElementTree.Element) -> str:
    return str(part.tag).rpartition("}")[2]


def _written(part: ElementTree.Element, names: dict[str, str]) -> Iterator[str]:
    """Yield a known part and what is in it; nothing of an unknown one."""
    tag = _tag(part)
    if tag not in TAGS or tag == "svg":
        return
    named = part.get("aria-label", "")
    if named:
        yield _link(part.get("data-claim", ""), named)
    plain = tag == "g" and not any(_attributes(part, names))
    if not plain:
        yield f"<{tag}{''.join(_attributes(part, names))}>"
    yield (
        html.escape((part.text or "").strip("\n"), quote=False) if tag in ("text", "tspan") else ""
    )
    for child in part:
        yield from _written(child, names)
        if tag in ("text", "tspan"):
            yield html.escape(child.tail or "", quote=False)
    if not plain:
        yield f"</{tag}>"
    if named:
        yield "</a>" if part.get("data-claim") else "</g>"


def _link(claims: str, name: str) -> str:
    """Return the start of a named mark: a link to its row, or a part to point at and tab to."""
    label = f'aria-label="{html.escape(name)}"'
    if not claims:
        return f'<g class="named" tabindex="0" role="img" {label}>'
    place = html.escape(anchor("claim", claims.split()[0]))
    return f'<a href="#{place}" data-claim="{html.escape(claims)}" {label}>'


def _attributes(part: ElementTree.Element, names: dict[str, str]) -> Iterator[str]:
    given = {_local(key): value for key, value in part.attrib.items()}
    given |= dict(_styles(given.pop("style", "")))
    for key, value in given.items():
        if key == "id" and value in names:
            yield f' id="{html.escape(names[value])}"'
        elif key == "href" and value[1:] in names:
            yield f' href="#{html.escape(names[value[1:]])}"'
        elif found := re.fullmatch(r"url\(#([^)]+)\)", value):
            if key in ("clip-path", "fill"):
                yield f' {key}="url(#{html.escape(names[found[1]])})"'
        elif key in GIVEN and SAFE.fullmatch(value) and (key, value) not in _DEFAULTS:
            yield f' {key}="{html.escape(value)}"'


def _local(key: str) -> str:
    return key.rpartition("}")[2]


def _styles(style: str) -> Iterator[tuple[str, str]]:
    """Yield the properties of a style as attributes: a page may forbid the one, not the other."""
    for rule in style.split(";"):
        key, _, value = (part.strip() for part in rule.partition(":"))
        if key == "font":
            if size := _FONT_SIZE.search(value):
                yield "font-size", size[1]
            if re.search(r"\b(bold|[6-9]00)\b", value):
                yield "font-weight", "bold"
        elif key:
            yield key, value
