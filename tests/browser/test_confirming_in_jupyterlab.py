"""`bk.confirm` in a real JupyterLab in Chromium: a draft confirmed by keyboard alone."""

from __future__ import annotations

import os
import re

import nbformat
import pytest
from lab import jupyterlab, run_all
from pages import barriers

from bakhmut import read_dossier

pytestmark = pytest.mark.browser
STORY = """\
Five dead in Arle

At least five people were killed in Arle on Monday, the mayor said. <b>Officials</b> in Bree told
a newspaper that 12 people were wounded there, three times as many as the week before.

Some 40 houses burned. Another 700 people fled, according to the Red Cross.
"""


@pytest.fixture
def lab(chromium, tmp_path):
    """A notebook that confirms a story, run: the page, its panel, its folder, what went wrong."""
    (tmp_path / "lab").mkdir()
    (tmp_path / "home").mkdir()
    folder = tmp_path / "lab"
    (folder / "story.txt").write_text(STORY)
    cell = nbformat.v4.new_code_cell('import bakhmut as bk\nbk.confirm(bk.draft("story.txt"))')
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3 (ipykernel)"}}
    nbformat.write(nbformat.v4.new_notebook(cells=[cell], metadata=kernel), folder / "own.ipynb")
    page, wrong = chromium.new_page(viewport={"width": 1280, "height": 900}), []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    with jupyterlab(folder, tmp_path / "home") as address:
        yield page, run_all(page, address, "own.ipynb", ".bakhmut-confirm"), folder, wrong
    page.close()


def test_a_draft_is_confirmed_by_keyboard_alone(lab):
    page, panel, folder, wrong = lab
    claims = read_dossier(folder / "story").claims["claim"].tolist()
    of = len(claims)
    panel.get_by_text(f"0 of {of}").first.wait_for()
    if pictures := os.environ.get("BAKHMUT_PICTURES"):
        for width in (1280, 800):
            page.set_viewport_size({"width": width, "height": 900})
            page.wait_for_timeout(500)
            page.screenshot(path=f"{pictures}/confirm-{width}.png")
    assert barriers(page, within=".bakhmut-confirm") == []
    assert panel.locator("b").count() == 0  # of the text nothing is a tag
    panel.locator(".bakhmut-accept").focus()
    page.keyboard.press("a")
    panel.get_by_text(f"1 of {of}").first.wait_for()
    # A cell is mended: m goes to the cells, Escape comes back.
    page.keyboard.press("m")
    assert page.evaluate("document.activeElement.tagName") == "INPUT"
    panel.get_by_label(re.compile("^place")).focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("a place of ours")
    page.keyboard.press("Escape")
    panel.get_by_text("place saved").wait_for()
    page.keyboard.press("d")
    panel.get_by_text(f"2 of {of}").first.wait_for()
    page.keyboard.press("n")
    panel.get_by_text(f"Figure 4 of {of}").wait_for()
    page.keyboard.press("b")
    panel.get_by_text(f"Figure 3 of {of}").wait_for()
    # JupyterLab took none of the keys for its own: no cell came or went.
    assert page.locator(".jp-Notebook .jp-Cell").count() == 1
    kept = read_dossier(folder / "story")
    assert len(kept.claims) == of - 1
    assert set(kept.evidence["confirmed"]) == {"", "yes", "no"}
    assert wrong == []
