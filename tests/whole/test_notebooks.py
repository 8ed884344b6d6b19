"""The notebooks as kept: run whole and in order, led by prose, with no computed number typed."""

from __future__ import annotations

import ast
import re
from unittest.mock import patch

import nbformat
import pytest
from places import OUTBREAK, ROOT

from bakhmut import read_dossier
from bakhmut.dossier.claims import build_dossier, write_dossier
from bakhmut.views.quotients import caps, implied_elsewhere, naive_quotients

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
FIRST_FOUR = [path for path in NOTEBOOKS if path.name[:2] in ("01", "02", "03", "04")]
pytestmark = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def cells(path, kind):
    notebook = nbformat.read(path, as_version=4)
    return [cell for cell in notebook.cells if cell.cell_type == kind]


def outputs(path):
    return [output for cell in cells(path, "code") for output in cell.outputs]


def skip_the_story_of_later_figures(path):
    if path not in FIRST_FOUR:
        pytest.skip("this one is the article's own story, told in its own order")


def test_every_code_cell_was_run_in_order_without_an_error(path):
    counts = [cell.execution_count for cell in cells(path, "code")]
    assert counts == list(range(1, len(counts) + 1))
    assert not [output for output in outputs(path) if output.output_type == "error"]


def test_nothing_went_to_standard_error_or_output(path):
    assert not [output for output in outputs(path) if output.output_type == "stream"]


def test_it_opens_with_its_question(path):
    first = nbformat.read(path, as_version=4).cells[0]
    assert first.cell_type == "markdown"
    assert re.match(r"# [^\n]+\?\n", first.source)


def test_its_dossier_can_be_set_in_one_tagged_cell(path):
    code = cells(path, "code")
    tagged = [cell for cell in code if "parameters" in cell.metadata.get("tags", [])]
    assert tagged == code[:1]
    assert tagged[0].source.splitlines()[0] == "DOSSIER = None  # or a path"


def test_its_answer_comes_before_any_other_output(path):
    skip_the_story_of_later_figures(path)
    said = outputs(path)[0]
    assert said.data["text/markdown"].startswith("**In short:** ")
    assert said.data["text/plain"].endswith(".")


def test_it_ends_with_what_the_figures_cannot_tell(path):
    skip_the_story_of_later_figures(path)
    headings = [
        line for cell in cells(path, "markdown") for line in cell.source.splitlines()
        if line.startswith("#")
    ]  # fmt: skip
    assert headings[-1] == "## What these figures cannot tell"


def test_cells_of_code_are_short(path):
    for cell in cells(path, "code"):
        lines = [line for line in cell.source.splitlines() if line.strip()]
        assert 1 <= len(lines) <= 4, cell.source
        assert not cell.source.rstrip().endswith(";")


def test_prose_outweighs_code(path):
    prose = sum(len(cell.source) for cell in cells(path, "markdown"))
    code = sum(len(cell.source) for cell in cells(path, "code"))
    assert prose > 2 * code


def test_each_figure_is_led_up_to_and_followed_by_words(path):
    skip_the_story_of_later_figures(path)
    every = nbformat.read(path, as_version=4).cells
    for n, cell in enumerate(every):
        if cell.cell_type == "code" and "figures.show(" in cell.source:
            before = every[n - 1]
            assert before.cell_type == "markdown"
            assert "look for" in before.source
            after = next(later for later in every[n + 1 :] if later.cell_type == "markdown")
            assert len(after.source) > 150


def test_no_computed_number_is_typed_into_prose(path):
    dossier = read_dossier()
    frames = (naive_quotients(dossier), implied_elsewhere(dossier), caps(dossier))
    computed = {
        text
        for frame in frames
        for value in frame.select_dtypes("number").to_numpy().ravel()
        for text in (f"{value:,.0f}", f"{value:.2f}", f"{value:.1f}", f"{100 * value:.1f}")
        if len(text) > 2
    }
    typed = re.findall(r"\d[\d,.]*\d", " ".join(c.source for c in cells(path, "markdown")))
    # names of notebooks are the only digits that prose may need
    assert not {text for text in typed if text not in {"01", "02", "03", "04", "05"}} & computed
    assert not [text for text in typed if len(text) > 2 and not re.fullmatch(r"(19|20)\d\d", text)]


def test_prose_names_nothing_of_the_article_as_if_computed(path):
    skip_the_story_of_later_figures(path)
    dossier = read_dossier()
    names = {*dossier.claims["side"], *dossier.claims["place"], *dossier.claims["source"]} - {""}
    for cell in cells(path, "markdown"):
        assert not [name for name in names if name in cell.source]


def test_its_code_is_plain_and_its_text_stays_a_value(path):
    for cell in cells(path, "code"):
        for node in ast.walk(ast.parse(cell.source)):
            # Markdown made of a dossier goes through `say`, which escapes it.
            assert not isinstance(node, ast.JoinedStr)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                assert node.func.attr not in ("eval", "exec", "display", "Markdown", "HTML")


def test_pictures_carry_their_words(path):
    pictures = [output for output in outputs(path) if "image/png" in output.get("data", {})]
    for output in pictures:
        assert output.metadata["image/png"]["alt"] == output.data["text/plain"]
        assert len(output.data["text/plain"]) > 60


def test_tables_have_captions_and_scoped_headers(path):
    tables = [o.data["text/html"] for o in outputs(path) if "<table" in o.get("data", {}).get(
        "text/html", "")]  # fmt: skip
    for table in tables:
        assert table.count("<caption>") == 1
        assert table.count("<th ") == table.count("<th scope=")
    names = re.findall(r'<table id="(.*?)"', " ".join(tables))
    assert len(names) == len(set(names))


def test_missing_values_are_never_shown_raw(path):
    for output in outputs(path):
        for text in (output.data.get("text/html", ""), output.data.get("text/markdown", "")):
            assert not re.search(r"\b(nan|NaN|None|NaT|<NA>)\b", text)


def test_no_path_of_a_machine_is_kept(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"/(home|root|tmp|Users|work)/", text)
    assert "execution" not in nbformat.read(path, as_version=4).cells[1].metadata


def run_on(path, folder):
    """Return what a notebook displays when its code is run on another dossier."""
    scope = {}
    with patch("IPython.display.display") as front:
        for cell in cells(path, "code"):
            exec(compile(cell.source, path.stem, "exec"), scope)
            if "parameters" in cell.metadata.get("tags", []):
                scope["DOSSIER"] = str(folder)
    return [call.args[0] for call in front.call_args_list]


def test_it_runs_on_another_story_and_names_its_sides(path):
    skip_the_story_of_later_figures(path)
    shown = run_on(path, OUTBREAK)
    words = " ".join(bundle["text/plain"] for bundle in shown)
    assert "vaccinated" in words
    assert not re.search("Bakhmut|Russia|Ukraine", words)
    assert len(shown) == sum("figures." in cell.source for cell in cells(path, "code"))


STORY = """The coast guard said on Tuesday that the ferry had carried 212 people.

Of these, 131 were rescued, the coast guard said. At least 88 people were killed, according to the
harbour police, and three are missing.
"""


def test_it_runs_on_a_text_that_nobody_has_coded(path, tmp_path):
    skip_the_story_of_later_figures(path)
    (tmp_path / "story.txt").write_text(STORY, encoding="utf-8")
    shown = run_on(path, tmp_path / "story.txt")
    words = " ".join(bundle["text/plain"] for bundle in shown)
    assert "212 aboard" in words
    assert not re.search("Bakhmut|Russia|Ukraine", words)
    assert len(shown) == sum("figures." in cell.source for cell in cells(path, "code"))


def test_the_brief_comes_first_of_all_that_is_worked_out(path):
    code = [cell.source for cell in cells(path, "code")]
    (at,) = [n for n, source in enumerate(code) if "brief_of(" in source]
    assert not [source for source in code[:at] if "figures.table" in source or "show(" in source]
    told = outputs(path)[1].data["text/plain"]
    assert told.endswith("Not checked: whether any figure is right.")


def test_sections_that_do_not_apply_say_so_in_a_sentence(path, tmp_path):
    skip_the_story_of_later_figures(path)
    row = {"claim": "one", "quote": "ten fell", "side": "Red", "low": "10", "high": "10"}
    shown = run_on(path, write_dossier(build_dossier({"claims": [row]}), tmp_path / "alone"))
    for bundle in shown:
        assert "text/html" in bundle or "image/png" in bundle or bundle["text/plain"].endswith(".")
    assert sum(set(bundle) == {"text/markdown", "text/plain"} for bundle in shown) >= 2
