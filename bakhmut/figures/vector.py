"""A figure as SVG with real text, its marks named: sharp at any size, found by eye, ear and key.

`mark(artist, claims, name)` while drawing; `svg(ax)` when done. The words of a mark become its
`aria-label`, the claims its `data-claim`, so that a page can light up what belongs together.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from weakref import WeakKeyDictionary
from xml.etree import ElementTree

import matplotlib
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from bakhmut.figures.style import figure_of, styled

NAMESPACE = "http://www.w3.org/2000/svg"
LINK = "http://www.w3.org/1999/xlink"
_NAMED = "named-mark-"
_MARKS: WeakKeyDictionary[Figure, list[tuple[str, str]]] = WeakKeyDictionary()


def mark(artist: Artist, claims: str | Iterable[str], name: str) -> Artist:
    """Return an artist that stands for some claims, named for whoever points at it or tabs to it.

    Parameters
    ----------
    artist
        drawn already.
    claims
        their ids, none where it stands for something else.
    name
        the quote, or what the mark shows.
    """
    figure = artist.get_figure(root=True)
    assert isinstance(figure, Figure)  # it is drawn
    ids = [claims] if isinstance(claims, str) else claims
    marks = _MARKS.setdefault(figure, [])
    artist.set_gid(f"{_NAMED}{len(marks)}")
    marks.append((" ".join(ids), " ".join(name.split())))
    return artist


@styled
def svg(ax: Axes) -> str:
    """Return the axes' figure as SVG, the same text for the same figure."""
    figure, written = figure_of(ax), io.StringIO()
    for text in figure.findobj(Text):
        text.set_path_effects([])  # a halo would turn its letters into outlines
    with matplotlib.rc_context({"svg.fonttype": "none"}):
        figure.savefig(written, format="svg", metadata=dict.fromkeys(_ABOUT))
    ElementTree.register_namespace("", NAMESPACE)
    ElementTree.register_namespace("xlink", LINK)
    root = ElementTree.fromstring(written.getvalue())
    _name(root, _MARKS.get(figure, []))
    return ElementTree.tostring(root, encoding="unicode")


_ABOUT = ("Date", "Creator", "Format", "Type")
# Places to a hundredth of a point are finer than any screen or press.
_FINE = re.compile(r"(-?\d+\.\d\d)\d+")


def _name(root: ElementTree.Element, marks: list[tuple[str, str]]) -> None:
    """Give marks their names; take off what a picture does not need."""
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag == f"{{{NAMESPACE}}}metadata":
                parent.remove(child)
    for part in root.iter():
        for key in ("d", "x", "y", "transform"):
            if key in part.attrib:
                part.set(key, _FINE.sub(r"\1", part.get(key, "")))
        own = part.get("id", "")
        if own.startswith(_NAMED):
            claims, name = marks[int(own.removeprefix(_NAMED))]
            part.set("aria-label", name)
            if claims:
                part.set("data-claim", claims)
