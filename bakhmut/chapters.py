"""Executed notebooks as chapters of the page, through our own nbconvert template."""

from __future__ import annotations

import base64
import html
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbconvert.exporters import TemplateExporter
from nbconvert.filters import Highlight2HTML
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from traitlets.config import Config

from bakhmut.markup import Rewriter

if TYPE_CHECKING:
    from nbformat import NotebookNode

TEMPLATES = Path(__file__).parent / "templates"
# What is shown of an output that comes in several forms: the first of these that it has.
SHOWN = (
    *("text/html", "text/markdown", "image/png", "image/jpeg", "image/svg+xml"),
    *("text/latex", "text/plain"),
)


@dataclass(frozen=True)
class Chapter:
    """One notebook in the page; `headings` are those below its title: level, anchor, words."""

    name: str
    title: str
    anchor: str
    body: str
    headings: tuple[tuple[int, str, str], ...]


def chapters(notebooks: Mapping[str, NotebookNode]) -> list[Chapter]:
    """Return each executed notebook, by name, as a chapter, in order."""
    names = frozenset(notebooks)
    writers = {name: Rewriter(name, chapters=names) for name in names}
    exporter = TemplateExporter(
        config=Config({"NbConvertBase": {"display_data_priority": list(SHOWN)}}),
        extra_template_basedirs=[str(TEMPLATES)],
        template_name="chapter",
        file_extension=".html",
        filters={
            "highlight_code": Highlight2HTML(pygments_lexer="ipython3"),
            "markdown": markdown,
            "picture": picture,
            # One exporter for all: its templates are compiled once.
            "rewrite": lambda text, name: writers[name].rewrite(text),
        },
    )
    return [_chapter(notebook, writers[name], exporter) for name, notebook in notebooks.items()]


def _chapter(notebook: NotebookNode, writer: Rewriter, exporter: TemplateExporter) -> Chapter:
    name = writer.prefix
    body, _ = exporter.from_notebook_node(notebook, resources={"chapter": name})
    if not writer.headings or writer.headings[0][0] != 2:
        title = name.lstrip("0123456789-").replace("-", " ").capitalize() or name
        anchor = html.escape(writer.unique("title"))
        body = f'<h2 id="{anchor}">{html.escape(title)}</h2>\n{body}'
        return Chapter(name, title, anchor, body, tuple(writer.headings))
    (_, anchor, title), *deeper = writer.headings
    return Chapter(name, title, anchor, body, tuple(deeper))


def markdown(source: str) -> str:
    """Return Markdown as HTML, as nbconvert does it; it is to be rewritten before it is shown."""
    renderer = IPythonRenderer(escape=False, exclude_anchor_links=True)
    return MarkdownWithMath(renderer=renderer).render(source)


def picture(output: Mapping[str, Any], mime: str) -> str:
    """Return an image in an output as a figure with its alt text and size.

    Alt text is what the notebook gives, else the plain text beside the image.
    """
    data, extra = output["data"][mime], output.get("metadata", {}).get(mime, {})
    if mime == "image/svg+xml":
        data = base64.b64encode(data.encode()).decode()
    alt = extra.get("alt") or output["data"].get("text/plain") or ""
    size = "".join(f' {name}="{value}"' for name, value in _size(data, mime, extra).items())
    source = "".join(data.split())
    return (
        f'<figure class="plot"><img src="data:{mime};base64,{html.escape(source)}"'
        f' alt="{html.escape(alt)}"{size}></figure>'
    )


def _size(data: str, mime: str, extra: Mapping[str, Any]) -> dict[str, int]:
    """Return width and height as shown, so that the page does not move while it loads."""
    width = int(extra.get("width") or 0)
    if mime != "image/png":
        return {"width": width} if width else {}
    wide, high = struct.unpack(">II", base64.b64decode(data[:64])[16:24])
    width = width or wide
    return {"width": width, "height": round(high * width / wide)}
