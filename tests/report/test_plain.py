"""Plain words on the page: figures, scopes and assumptions without an id, nothing said twice."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest
from making import dossier, exactly, ratio

from bakhmut import read_dossier
from bakhmut.findings.flags import FLAGS
from bakhmut.report import plain
from bakhmut.report.reading import rows, said, sentences


def row_of(made, name):
    return next(row for row in made.claims.itertuples(index=False) if row.claim == name)


def test_every_flag_has_plain_words():
    assert set(FLAGS) <= set(plain.FLAGS)


@pytest.mark.parametrize(
    ("hedge", "low", "high", "words"),
    [("", "5", "5", "5 to 1"), ("at least", "5", "", "at least 5 to 1"), ("", "40%", "40%", "40%")],
)
def test_a_ratio_is_said_to_one_and_a_share_is_not(hedge, low, high, words):
    made = dossier([ratio("r", low, high, hedge=hedge)])
    assert plain.figure(row_of(made, "r")) == words


def test_a_figure_is_named_by_its_place_in_the_text_else_by_what_tells_it_apart():
    counts = [exactly("a", "5", place="North"), exactly("b", "6", place="South")]
    assert list(plain.labels(dossier(counts, []).claims).values()) == ["5 (North)", "6 (South)"]
    for row, place in zip(counts, ("line 1", "line 2"), strict=True):
        row["locator"] = place
    assert list(plain.labels(dossier(counts, []).claims).values()) == ["5 (line 1)", "6 (line 2)"]


def test_what_all_figures_have_in_common_is_said_once():
    made = dossier([exactly("a", "5", place="North"), exactly("b", "6", place="South")], [])
    scopes = plain.scopes(made.claims)
    side = made.claims["side"].iloc[0]
    assert scopes.common.startswith(side)
    assert side not in scopes.of(row_of(made, "a")) and "North" in scopes.of(row_of(made, "a"))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("wounded-per-killed-ukraine", "there are 6 to 10 wounded for each killed (Ukraine)"),
        (
            "bakhmut-ratio-war-wide",
            "there are 5 lost of Russia for each lost of Ukraine (Ukraine)",
        ),
        ("about-within-5-percent", "“about” means within 5 %"),
        ("of-a-plug-in", "of a plug in"),
    ],
)
def test_an_assumption_is_said_as_a_clause(name, words):
    assert plain.assumed(name, read_dossier().assumptions) == words


@pytest.mark.parametrize(
    ("status", "many", "start"),
    [
        ("contradiction", 2, "As worded they cannot both be true, whichever way they are read."),
        ("contradiction-in-some-readings", 3, "As worded they cannot all be true in some readings"),
        ("conflicts-with-assumption", 2, "They cannot both be true if “about” means within 5 %."),
        (
            "not-checkable",
            2,
            "They collide only if what is not stated is the same: the place and the time.",
        ),
    ],
)
def test_a_conflict_says_why_in_plain_words(status, many, start):
    row = SimpleNamespace(status=status, origin_names=("A", "B"))
    open_ = [exactly(name, "5", place="", period="") for name in "abc"[:many]]
    said = plain.why(row, dossier(open_).claims, assumptions=["“about” means within 5 %"])
    assert said.startswith(start) and said.endswith("2 voices disagree.")


def test_a_quote_with_two_figures_stands_once():
    made = dossier([exactly("a", "5", quote="5 of 9"), exactly("b", "9", quote="5 of 9")])
    (one,) = said(rows([], made))
    assert (one.quote, one.claims) == ("5 of 9", "a b")


def test_a_text_is_cut_at_its_quotes_and_loses_no_letter():
    made = dossier([exactly("a", "5", quote="five fell"), exactly("b", "9", quote="nine in all")])
    text = "Of them five fell, nine in all.\n\nNone since."
    paragraphs = sentences(text, made)
    assert ["".join(piece.text for piece in one) for one in paragraphs] == text.split("\n\n")
    lit = [(piece.text, piece.claims) for one in paragraphs for piece in one if piece.claims]
    assert lit == [("five fell", ("a",)), ("nine in all", ("b",))]


def test_what_two_quotes_share_is_lit_for_both():
    made = dossier(
        [exactly("a", "5", quote="five fell, nine"), exactly("b", "9", quote="nine hurt")]
    )
    (paragraph,) = sentences("There five fell, nine hurt.", made)
    assert [(piece.text, piece.claims) for piece in paragraph] == [
        ("There ", ()),
        ("five fell, ", ("a",)),
        ("nine", ("a", "b")),
        (" hurt", ("b",)),
        (".", ()),
    ]


def test_frames_without_assumptions_are_known_too():
    assert plain.assumed("counted-once", pd.DataFrame({"assumption": []})).startswith("nothing was")


def test_a_share_of_all_of_a_group_says_so_in_the_order_of_speech():
    share = ratio("a", "40 %", "40 %", side="people", per_side="people", per_measure="all")
    (row,) = dossier([share]).claims.itertuples(index=False)
    assert plain.Scopes("", frozenset()).of(row).startswith("people killed among all people")
