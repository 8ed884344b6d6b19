"""The README's pictures are those of the notebooks as saved."""

import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).parent.parent / "docs"
sys.path.insert(0, str(DOCS))
from pictures import PICTURES, figures  # noqa: E402


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_the_notebooks_figure(name):
    notebook, place = PICTURES[name]
    assert (DOCS / name).read_bytes() == figures(notebook)[place]
    assert f"docs/{name}" in (DOCS.parent / "README.md").read_text("utf-8")
