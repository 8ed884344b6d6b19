"""How the site is made (make docs): the pages of this project as they are, and the public names.

Sphinx reads the same Markdown that a checkout shows. Under each heading of docs/api.md that is a
public name stands what its docstring says.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

import bakhmut  # noqa: E402

project, author, release = "bakhmut", "The bakhmut developers", bakhmut.__version__
copyright = author
extensions = ["myst_parser", "sphinx.ext.autodoc", "numpydoc"]
PAGES = {
    "README": "What it is for",
    "docs/tutorial": "From a text to a report",
    "docs/cookbook": "Ten things to do from Python",
    "docs/method": "Method",
    "bakhmut/data/README": "Codebook",
    "bakhmut/data/recipes": "Six recipes",
    "bakhmut/data/later/README": "The later figures",
    "docs/api": "Public names",
    "SECURITY": "What is promised",
    "CONTRIBUTING": "Contributing",
    "docs/rooms": "Every room",
    "CHANGELOG": "Changelog",
}
root_doc = "README"
include_patterns = [f"{page}.md" for page in PAGES]
suppress_warnings = ["myst.xref_missing", "misc.highlighting_failure"]  # files that are no pages
myst_enable_extensions = ["html_image"]
myst_heading_anchors = 3
numpydoc_show_class_members = False
autodoc_typehints = "none"
autodoc_member_order = "bysource"
html_theme = "alabaster"
html_theme_options = {"description": "Which figures can be true together", "page_width": "64em"}
html_title = f"bakhmut {release}"
html_copy_source = html_show_sourcelink = False


def with_contents(page: str, text: str) -> str:
    """Return the first page with a list of all pages, the public names with what they say."""
    if page == root_doc:
        others = "\n".join(f"{title} <{name}>" for name, title in PAGES.items() if name != page)
        return f"{text}\n\n```{{toctree}}\n:hidden:\n\n{others}\n```\n"
    if page == "docs/api":
        return re.sub(r"(?m)^### `(\w+)`$", lambda found: _documented(found[0], found[1]), text)
    return text


def _documented(heading: str, name: str) -> str:
    kind = "autoclass" if isinstance(getattr(bakhmut, name), type) else "autofunction"
    return f"{heading}\n\n```{{eval-rst}}\n.. {kind}:: bakhmut.{name}\n```\n"


def _read(app: object, page: str, source: list[str]) -> None:
    source[0] = with_contents(page, source[0])


def setup(app: object) -> None:
    """Have each page pass through `with_contents`."""
    app.connect("source-read", _read)  # type: ignore[attr-defined]
