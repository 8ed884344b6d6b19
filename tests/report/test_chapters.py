"""Notebooks as chapters: what has nothing to show is not there, but for its name."""

from __future__ import annotations

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from bakhmut.report.chapters.sections import chapters

SENTENCE = {"text/markdown": "*None* here.", "text/plain": "None here."}
TABLE = {"text/html": "<table><caption>Two</caption></table>", "text/plain": "Two"}
EMPTY = "This dossier has nothing to show for"


def body(*data, tags=("if-any",), stream=""):
    """Return a chapter with one section, whose code shows each of the outputs given."""
    outputs = [new_output("display_data", data=one) for one in data]
    outputs += [new_output("stream", text=stream)] if stream else []
    cells = [
        new_markdown_cell("# Title\n\nFirst."),
        new_markdown_cell("## Head\n\nWhat to look for.", metadata={"tags": list(tags)}),
        new_code_cell("show()", outputs=outputs, execution_count=1),
        new_markdown_cell("What it means."),
        new_markdown_cell("## End\n\nLast."),
    ]
    (chapter,) = chapters({"01-a": new_notebook(cells=cells)})
    assert chapter.head.endswith(">Title</h3>") and "Title</h3>" not in chapter.body
    heads = ["End"] if EMPTY in chapter.body else ["Head", "End"]
    assert [words for _, _, words in chapter.headings] == heads
    return chapter.body


def test_a_section_with_nothing_to_show_is_not_there_but_for_its_name():
    shown = body(SENTENCE)
    before, _, after = shown.partition(f"{EMPTY}: Head.")
    assert before.endswith('<p class="note">') and after.startswith("</p>")
    for words in ("Head</h4>", "What to look for.", "<details", "None</em> here.", "What it means"):
        assert words not in shown
    assert "End</h4>" in after and "Last." in after


def test_such_sections_in_a_row_are_named_in_one_sentence():
    head = {"tags": ["if-any"]}
    cells = [new_markdown_cell("# Title")]
    for name in ("One <b>", "Two"):
        cells += [
            new_markdown_cell(f"## {name}\n\nText.", metadata=head),
            new_code_cell("show()", outputs=[new_output("display_data", data=SENTENCE)]),
        ]
    (chapter,) = chapters({"01-a": new_notebook(cells=cells)})
    assert chapter.body.count(EMPTY) == 1
    assert f"{EMPTY}: One &lt;b&gt;; Two." in chapter.body


@pytest.mark.parametrize(
    "shown", [body(SENTENCE, TABLE), body(SENTENCE, stream="5"), body(SENTENCE, tags=())]
)
def test_a_section_with_more_than_a_sentence_or_without_the_tag_is_there(shown):
    assert EMPTY not in shown and "What to look for." in shown


def lifted(*data, tag, also=()):
    """Return a chapter whose second cell has the tag and shows each of the outputs given."""
    cells = [
        new_markdown_cell("# Title"),
        new_code_cell(
            "show()",
            outputs=[new_output("display_data", data=one) for one in data],
            execution_count=1,
            metadata={"tags": [tag]},
        ),
        new_code_cell("more()", outputs=[new_output("display_data", data=one) for one in also]),
    ]
    (chapter,) = chapters({"01-a": new_notebook(cells=cells)})
    return chapter


def test_what_a_tagged_cell_shows_stands_elsewhere_once_with_a_link_to_it():
    chapter = lifted(TABLE, tag="page-plane")
    assert "<caption" in chapter.lifted["plane"] and "<caption" not in chapter.body
    assert '<a href="#plane">Shown further up.</a>' in chapter.body
    assert "show" in chapter.body and "show" not in chapter.lifted["plane"]  # the code stays


def test_a_section_whose_figure_is_lifted_is_there():
    cells = [
        new_markdown_cell("# Title"),
        new_markdown_cell("## Head\n\nWhat to look for.", metadata={"tags": ["if-any"]}),
        new_code_cell(
            "show()",
            outputs=[new_output("display_data", data=TABLE)],
            execution_count=1,
            metadata={"tags": ["page-plane"]},
        ),
    ]
    (chapter,) = chapters({"01-a": new_notebook(cells=cells)})
    assert "What to look for." in chapter.body and "Shown further up." in chapter.body


def test_a_figure_with_nothing_to_draw_is_not_lifted():
    chapter = lifted(SENTENCE, tag="page-plane", also=[TABLE])
    assert not chapter.lifted and "None</em> here." in chapter.body


def test_an_answer_is_lifted_where_its_notebook_has_more_to_show():
    assert "None</em> here." in lifted(SENTENCE, tag="page-later", also=[TABLE]).lifted["later"]
    assert not lifted(SENTENCE, tag="page-later", also=[SENTENCE]).lifted
