"""A figure as a file of its own, for a page of somebody else's: SVG or PNG, its words inside.

Letters in the SVG are outlines, so that it looks the same where the font is missing; what it says
stands in its `<title>` and `<desc>`, which screen readers read. A PNG has them as *Title* and
*Description*.
"""

from __future__ import annotations

import io
import re
from html import escape

from matplotlib.axes import Axes

from bakhmut.figures.style import alt_text, figure_of, styled

DPI = 144
_NO_TRACES = dict.fromkeys(("Date", "Creator", "Format", "Type"))
_SIZE = re.compile(r'(<svg\b[^>]*?)\swidth="[^"]*"', re.DOTALL)
_HEIGHT = re.compile(r'(<svg\b[^>]*?)\sheight="[^"]*"', re.DOTALL)


@styled
def svg_file(ax: Axes, *, width: int | None = None) -> bytes:
    """Return a figure as SVG, the same bytes for the same figure; `width` in pixels."""
    written, figure = io.StringIO(), figure_of(ax)
    figure.savefig(written, format="svg", metadata=_NO_TRACES)
    wide, high = (float(size) for size in figure.get_size_inches())
    pixels = width or round(wide * 96)
    start, tag, rest = written.getvalue().partition("<svg")
    rest = _SIZE.sub(rf'\1 width="{pixels}"', tag + rest, count=1)
    rest = _HEIGHT.sub(rf'\1 height="{round(pixels * high / wide)}"', rest, count=1)
    head, end, body = rest.partition(">")
    said = f"<title>{escape(title_of(ax))}</title><desc>{escape(alt_text(ax))}</desc>"
    return f'{start}{head} role="img"{end}{said}{body}'.encode()


@styled
def png_file(ax: Axes, *, width: int | None = None) -> bytes:
    """Return a figure as PNG, the same bytes for the same figure; `width` in pixels."""
    written, figure = io.BytesIO(), figure_of(ax)
    words = {"Title": title_of(ax), "Description": alt_text(ax), "Software": None}
    dpi = width / float(figure.get_figwidth()) if width else DPI
    figure.savefig(written, format="png", dpi=dpi, metadata=words)
    return written.getvalue()


def title_of(ax: Axes) -> str:
    """Return the finding above a figure, on one line."""
    above = [text.get_text() for text in figure_of(ax).texts[:1]] or [ax.get_title(loc="left")]
    return " ".join(above[0].split())
