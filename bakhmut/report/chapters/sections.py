"""Executed notebooks as chapters of the page, through our own nbconvert template."""

from __future__ import annotations

import base64
import html
import io
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from nbconvert.exporters import TemplateExporter
from nbconvert.filters import Highlight2HTML
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode
from PIL import Image
from traitlets.config import Config

from bakhmut.report.chapters.drawings import inline
from bakhmut.report.chapters.markup import Rewriter

TEMPLATES = Path(__file__).parents[1] / "templates"
# What is shown of an output that comes in several forms: the first of these that it has.
SHOWN = (
    *("text/html", "text/markdown", "image/svg+xml", "image/png", "image/jpeg"),
    *("text/latex", "text/plain"),
)
# A section whose heading has this tag is left out where it shows no figure and no table.
IF_ANY = "if-any"
# What a cell with such a tag shows stands where the page wants it, not in its chapter.
LIFTED = "page-"
ANSWERS = {"later"}  # they are sentences
TOP = 3  # the level of a chapter's own heading: chapters stand under "Workings"
SENTENCES = {"text/markdown", "text/plain"}


@dataclass(frozen=True)
class Chapter:
    """One notebook in the page: its title, what stands below it, and what is shown elsewhere.

    `head` is the title as HTML, `headings` are those below it (level, anchor, words); `lifted` has
    what cells with a tag `page-...` show, by the tag's rest: it stands above the workings.
    """

    name: str
    title: str
    anchor: str
    head: str
    body: str
    headings: tuple[tuple[int, str, str], ...]
    lifted: Mapping[str, str] = field(default_factory=dict)


class Exporter(TemplateExporter):
    """Fills in our template on nbconvert's own, not on a user's of the same name."""

    def get_prefix_root_dirs(self) -> list[str]:
        """Return where nbconvert's own templates lie."""
        own = Path(sys.prefix, "share", "jupyter")
        if (own / "nbconvert" / "templates" / "base").is_dir():
            return [str(own)]
        return list(super().get_prefix_root_dirs())  # installed for one user, or otherwise


def chapters(notebooks: Mapping[str, NotebookNode], claims: Collection[str] = ()) -> list[Chapter]:
    """Return each executed notebook, by name, as a chapter, in order.

    `claims` are those that have a row in the page, to which marks in figures can lead.
    """
    names = frozenset(notebooks)
    writers = {name: Rewriter(name, chapters=names, top=TOP) for name in names}
    exporter = Exporter(
        template_data_paths=[],
        default_preprocessors=[],  # after each of its own it would check the notebook anew
        config=Config({"NbConvertBase": {"display_data_priority": list(SHOWN)}}),
        extra_template_basedirs=[str(TEMPLATES)],
        template_name="chapter",
        file_extension=".html",
        filters={
            "highlight_code": Highlight2HTML(pygments_lexer="ipython3"),
            "markdown": markdown,
            "picture": picture,
            "drawing": lambda output, name: drawing(output, writers[name].unique, claims),
            # One exporter for all: its templates are compiled once.
            "rewrite": lambda text, name: writers[name].rewrite(text),
        },
    )
    return [_chapter(notebook, writers[name], exporter) for name, notebook in notebooks.items()]


def _chapter(notebook: NotebookNode, writer: Rewriter, exporter: TemplateExporter) -> Chapter:
    name = writer.prefix

    def html_of(cells: Sequence[NotebookNode]) -> str:
        body, _ = exporter.from_notebook_node(
            NotebookNode(notebook, cells=list(cells)), resources={"chapter": name}
        )
        return body

    kept, apart = lift(notebook.cells)
    body = html_of(filled(kept)).strip()
    lifted = {tag: html_of([cell]) for tag, cell in apart.items()}
    if not writer.headings or writer.headings[0][0] != TOP:
        title = name.lstrip("0123456789-").replace("-", " ").capitalize() or name
        anchor = html.escape(writer.unique("title"))
        head = f'<h{TOP} id="{anchor}">{html.escape(title)}</h{TOP}>'
        return Chapter(name, title, anchor, head, body, tuple(writer.headings), lifted)
    (_, anchor, title), *deeper = writer.headings
    end = f"</h{TOP}>"
    before, _, rest = body.partition(end)
    start = before.rindex(f"<h{TOP} ")
    return Chapter(
        name, title, anchor, before[start:] + end, before[:start] + rest, tuple(deeper), lifted
    )


def lift(
    cells: Sequence[NotebookNode],
) -> tuple[list[NotebookNode], dict[str, NotebookNode]]:
    """Return cells without what tagged ones show, and by tag a cell that shows only that.

    A figure is lifted where there is something to draw, an answer where its notebook has more to
    show than sentences.
    """
    kept, apart = [], {}
    for cell in cells:
        tags = [t for t in cell.metadata.get("tags", ()) if t.startswith(LIFTED)]
        place = tags[0].removeprefix(LIFTED) if tags else ""
        if place and (any(map(_shows, cells)) if place in ANSWERS else _shows(cell)):
            apart[place] = NotebookNode(cell, source="")
            cell = _marked(NotebookNode(cell, outputs=[]), lifted=place)
        kept.append(cell)
    return kept, apart


def filled(cells: Sequence[NotebookNode]) -> list[NotebookNode]:
    """Return cells without the sections that have nothing to show.

    Such a section begins with a cell that has the tag. For some in a row there is one cell, with a
    mark for the template that names them.
    """
    kept: list[NotebookNode] = []
    for is_idle, sections in groupby(_sections(cells), key=_is_idle):
        if is_idle:
            first = [section[0] for section in sections]
            heads = [cell.source.partition("\n")[0].lstrip("# ") for cell in first]
            kept.append(_marked(first[0], nothing_for=heads))
        else:
            kept += [cell for section in sections for cell in section]
    return kept


def _is_idle(section: Sequence[NotebookNode]) -> bool:
    shows = any(_shows(cell) or "lifted" in cell.metadata for cell in section)
    return IF_ANY in section[0].metadata.get("tags", ()) and not shows


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


def drawing(
    output: Mapping[str, Any], unique: Callable[[str], str], claims: Collection[str]
) -> str:
    """Return an SVG in an output as a figure of the page; one that cannot be read as its words."""
    extra = output.get("metadata", {}).get("image/svg+xml", {})
    alt = extra.get("alt") or output["data"].get("text/plain") or ""
    drawn = inline(output["data"]["image/svg+xml"], alt, unique=unique, claims=claims)
    if not drawn:
        return f"<p>{html.escape(alt)}</p>"
    return f'<figure class="plot">{drawn}</figure>'


def picture(output: Mapping[str, Any], mime: str) -> str:
    """Return an image in an output as a figure with its alt text and size.

    Alt text is what the notebook gives, as our own figures do, else the plain text beside it.
    """
    data, extra = output["data"][mime], output.get("metadata", {}).get(mime, {})
    alt = extra.get("alt") or output["data"].get("text/plain") or ""
    width, height = extra.get("width"), None
    content = base64.b64decode(data)
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
