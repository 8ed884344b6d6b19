"""What the page asks about figures that were compared with none, and of its findings."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest
from making import dossier, exactly, term
from test_whatif_section import page_of

import bakhmut as bk
from bakhmut.dossier.claims import build_dossier, read_dossier
from bakhmut.findings.answers import what_it_says
from bakhmut.findings.next_row import names_to_ask_about
from bakhmut.findings.summary import examine
from bakhmut.findings.unconfirmed import leaning_on_the_article


def said(one, other, column="place"):
    """Return what is said of two claims that differ in a name."""
    made = dossier([exactly("a", "5", **{column: one}), exactly("b", "6", **{column: other})], [])
    alone = bk.check(made).alone
    assert alone == ("a", "b")
    return names_to_ask_about(made, alone)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Lyn", "Lyon"), ("the wrok", "the work"), ("deaths", "death"), ("Deaths", "deaths")],
)
@pytest.mark.parametrize("column", ["side", "measure", "place"])
def test_names_that_differ_by_a_slip_are_asked_about(one, other, column):
    assert f"Is “{one}” another name for “{other}”?" in said(one, other, column)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *(("Iran", "Iraq"), ("phase 1", "phase 2"), ("phase 1", "phase 11")),
        *(("east side", "west side"), ("Group A", "Group B"), ("A", "AB"), ("Oslo", "Bergen")),
    ],
)
def test_names_that_differ_otherwise_are_two_names(one, other):
    assert said(one, other) == ""


@pytest.mark.parametrize(
    ("period", "is_asked"), [("May 2024", True), ("2024-05", False), ("the siege", False)]
)
def test_a_date_in_words_is_said_to_be_a_name(period, is_asked):
    made = dossier([exactly("a", "310", period=period), exactly("b", "300", period="1999")], [])
    told = names_to_ask_about(made, ("a",))
    assert (f"“{period}” is taken for a name" in told) is is_asked


def test_conflicts_that_rest_on_the_articles_assumptions_say_so(tmp_path):
    # 1,000 killed and 900 wounded: fewer than the article's two for each killed.
    rows = [
        exactly("dead", "1,000", side="Russia"),
        exactly("hurt", "900", side="Russia", measure="wounded"),
    ]
    claims = build_dossier({"claims": rows}).claims[[*rows[0]]]
    claims.to_csv(tmp_path / "claims.csv", index=False)
    (outcome,) = examine(read_dossier(tmp_path))
    said = leaning_on_the_article(outcome)
    assert said.startswith("Some conflicts rest on wounded-per-killed-russia.")
    assert said in html.unescape(page_of(outcome.dossier))
    (tmp_path / "assumptions.csv").write_text("assumption,tier,low\n")
    assert leaning_on_the_article(examine(read_dossier(tmp_path))[0]) == ""
    assert leaning_on_the_article(examine(read_dossier())[0]) == ""


def test_of_a_conflict_of_many_the_page_says_how_many_are_left_out():
    names = ("North", "South", "East")
    parts = [exactly(n.lower(), "10", place=n, quote=f"ten in {n}") for n in names]
    terms = [term("place", "Land", "North + South + East")]
    page = page_of(dossier([*parts, exactly("all", "40", quote="forty in all")], terms))
    found = page[page.index('id="findings"') : page.index('id="workings"')]
    # Four figures: two are named, by number and place, the two others are counted.
    assert "<h3><bdi>10 (North), 10 (South) and 2 more</bdi></h3>" in found
    # 10 + 10 + 10 = 30, not 40
    assert re.search(r"So (40 would have to be at most 30|30 .* at least 40)", found)


def test_the_page_says_in_its_row_and_first_screen_that_a_figure_was_not_compared_and_asks():
    rows = [exactly("a", "5", place="Lyn", quote="5 fell in Lyn"), exactly("b", "6", place="Lyon")]
    page = page_of(dossier(rows, []))
    assert page.count('data-fits="alone"><span>not compared</span>') == 2
    assert "Compared with no other figure" in page
    assert "another name for “Lyon”?" in page


def test_where_all_is_compared_the_page_says_nothing_of_it():
    page = page_of(dossier([exactly("a", "5"), exactly("b", "5")]))
    assert "ompared with no other figure" not in page and "not compared" not in page


def test_figures_without_a_source_are_no_voice():
    rows = [exactly("a", "5", source=""), exactly("b", "6", source="", place="Sea")]
    assert "; 2 of them give no source." in what_it_says(dossier(rows))
    rows = [exactly("a", "5", source="Kim"), exactly("b", "6", source="Kim", place="Sea")]
    assert "; 2 of them go back to one, Kim." in what_it_says(dossier(rows))


def test_a_source_that_somebody_wrote_and_a_date_in_words_are_asked_about_in_a_draft_too(tmp_path):
    draft = bk.draft(text="Analysts counted 36 dead in May 2023. Police counted 40 dead.")
    made = draft.dossier()
    assert names_to_ask_about(made, tuple(made.claims["claim"])) == ""  # as it was drafted
    claims = made.claims.assign(
        source=made.claims["source"].replace("police", "analists"),
        period=["24 January to 14 February 2023", "May"],
    )
    told = names_to_ask_about(replace(made, claims=claims), tuple(claims["claim"]))
    assert told == (
        "Is the source “analists” the same as “analysts”? Then write both alike. “24 January to "
        "14 February 2023” is taken for a name; a date is written like 2024-05 or 2024-05-17."
    )
