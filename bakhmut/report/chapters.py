"""Executed notebooks as chapters of the page, through our own nbconvert template."""

from __future__ import annotations

import base64
import html
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from nbconvert.exporters import TemplateExporter
from nbconvert.filters import Highlight2HTML
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode
from PIL import Image
from traitlets.config import Config

from bakhmut.report.markup import Rewriter

TEMPLATES = Path(__file__).parent / "templates"
# What is shown of an output that comes in several forms: the first of these that it has.
SHOWN = (
    *("text/html", "text/markdown", "image/png", "image/jpeg", "image/svg+xml"),
    *("text/latex", "text/plain"),
)
# A section whose heading has this tag is folded where it shows no figure and no table.
IF_ANY = "if-any"
SENTENCES = {"text/markdown", "text/plain"}


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
    folded = NotebookNode(notebook, cells=fold(notebook.cells))
    body, _ = exporter.from_notebook_node(folded, resources={"chapter": name})
    if not writer.headings or writer.headings[0][0] != 2:
        title = name.lstrip("0123456789-").replace("-", " ").capitalize() or name
        anchor = html.escape(writer.unique("title"))
        body = f'<h2 id="{anchor}">{html.escape(title)}</h2>\n{body}'
        return Chapter(name, title, anchor, body, tuple(writer.headings))
    (_, anchor, title), *deeper = writer.headings
    return Chapter(name, title, anchor, body, tuple(deeper))


def fold(cells: Sequence[NotebookNode]) -> list[NotebookNode]:
    """Return cells, with marks for the template around sections that have nothing to show.

    Sections begin with a cell that has the tag; what is folded is all there, under one sentence
    that names the sections.
    """
    folded: list[NotebookNode] = []
    for is_idle, sections in groupby(_sections(cells), key=_is_idle):
        together = list(sections)
        inside = [cell for section in together for cell in section]
        if is_idle:
            heads = [section[0].source.partition("\n")[0] for section in together]
            inside[0] = _marked(inside[0], opens=[head.lstrip("# ") for head in heads])
            inside[-1] = _marked(inside[-1], closes=True)
        folded += inside
    return folded


def _is_idle(section: Sequence[NotebookNode]) -> bool:
    return IF_ANY in section[0].metadata.get("tags", ()) and not any(map(_shows, section))


def _sections(cells: Sequence[NotebookNode]) -> Iterator[list[NotebookNode]]:
    section: list[NotebookNode] = []
    for cell in cells:
        if section and cell.cell_type == "markdown" and cell.source.startswith("## "):
            yield section
            section = []
        section.append(cell)
    if section:
        yield section


def _shows(cell: NotebookNode) -> bool:
    """Return whether a cell has an output that is more than a sentence."""
    return any("data" not in one or set(one.data) - SENTENCES for one in cell.get("outputs", ()))


def _marked(cell: NotebookNode, **marks: object) -> NotebookNode:
    return NotebookNode(cell, metadata=NotebookNode(cell.metadata, **marks))


def markdown(source: str) -> str:
    """Return Markdown as HTML, as nbconvert does it; it is to be rewritten before it is shown."""
    renderer = IPythonRenderer(escape=False, exclude_anchor_links=True)
    return MarkdownWithMath(renderer=renderer).render(source)


def picture(output: Mapping[str, Any], mime: str) -> str:
    """Return an image in an output as a figure with its alt text and size.

    Alt text is what the notebook gives, as our own figures do, else the plain text beside it.
    """
    data, extra = output["data"][mime], output.get("metadata", {}).get(mime, {})
    alt = extra.get("alt") or output["data"].get("text/plain") or ""
    width, height = extra.get("width"), None
    content = data.encode() if mime == "image/svg+xml" else base64.b64decode(data)
    if mime == "image/png":
        mime, content, (wide, high) = smaller(content)
        width = int(width or wide)
        # Both are given, so that the page does not move while it loads.
        height = round(high * width / wide)
    size = "".join(f' {k}="{v}"' for k, v in (("width", width), ("height", height)) if v)
    source = base64.b64encode(content).decode()
    look = "plot drawn" if extra.get("alt") else "plot"
    return (
        f'<figure class="{look}"><img src="data:{mime};base64,{source}"'
        f' alt="{html.escape(alt)}"{html.escape(size, quote=False)}></figure>'
    )


def smaller(png: bytes) -> tuple[str, bytes, tuple[int, int]]:
    """Return a picture with the same pixels in fewer bytes, its kind before it, its size after.

    WebP without loss takes a fifth less than PNG; every browser since 2020 shows it.
    """
    picture = Image.open(io.BytesIO(png))
    kept, lossless = picture.size, io.BytesIO()
    see_through = "transparency" in picture.info or "A" in picture.mode
    pixels = picture.convert("RGBA" if see_through else "RGB")
    pixels.save(lossless, "WEBP", lossless=True, exact=True, method=3, quality=75)
    content = lossless.getvalue()
    return ("image/webp", content, kept) if len(content) < len(png) else ("image/png", png, kept)
