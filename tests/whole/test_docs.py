"""Pictures are those of the notebooks as saved, the list of rooms is whole, examples are true."""

import doctest
import sys
from importlib import import_module

import pytest
from PIL import Image
from places import ROOT

DOCS = ROOT / "docs"
sys.path.insert(0, str(DOCS))
from pictures import PANEL, PICTURES, figures, told  # noqa: E402
from rooms import written  # noqa: E402

PACKAGE = DOCS.parent / "bakhmut"
WITH_EXAMPLES = [
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
    for path in sorted(PACKAGE.rglob("*.py"))
    if ">>>" in path.read_text("utf-8")
]
README = (DOCS.parent / "README.md").read_text("utf-8")


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_the_notebooks_figure(name):
    notebook, place = PICTURES[name]
    assert (DOCS / name).read_bytes() == figures(notebook)[place]
    assert f"docs/{name}" in README


def test_the_picture_of_the_panel_shows_what_the_panel_says():
    with Image.open(DOCS / PANEL) as picture:
        assert picture.text["panel"] == told(), "run: python docs/pictures.py"
    assert f"docs/{PANEL}" in README


def test_the_page_of_rooms_has_each_with_what_it_is_for():
    text = written()
    assert (DOCS / "rooms.md").read_text("utf-8") == text, "run: python docs/rooms.py"
    assert all(line[line.index(": ") + 2 :] for line in text.splitlines() if line[:2] == "- ")


@pytest.mark.parametrize("module", WITH_EXAMPLES)
def test_examples_in_docstrings_are_true(module):
    outcome = doctest.testmod(import_module(module))
    assert outcome.attempted > 0 and outcome.failed == 0
