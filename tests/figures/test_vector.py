"""Figures as SVG: real text, named marks, the same text for the same figure."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from samples import HOSTILE

from bakhmut.dossier.changed.edits import tables_of
from bakhmut.dossier.claims import build_dossier
from bakhmut.figures import plot_losses_against_ratios
from bakhmut.figures.vector import svg


def named(text: str) -> dict[str, str]:
    """The marks of an SVG: their words, by the claims they stand for."""
    return {
        part.get("data-claim", ""): part.get("aria-label")
        for part in ElementTree.fromstring(text).iter()
        if part.get("aria-label")
    }


def test_words_are_text_and_marks_have_the_quote_as_their_name(article):
    drawn = svg(plot_losses_against_ratios(article))
    words = "".join(ElementTree.fromstring(drawn).itertext())
    assert "153,770" in words and "5 to 1 reported" in words
    marks = named(drawn)
    assert marks["russia-total"] == "“lost 153,770 personnel” (Ukrainian military)"
    assert marks["russia-total ukraine-total"] == "Divided: at most 1.28 to 1"


def test_the_same_figure_is_the_same_text_without_a_date_or_a_program(article):
    texts = [svg(plot_losses_against_ratios(article)) for _ in range(2)]
    assert texts[0] == texts[1]
    assert "metadata" not in texts[0] and not re.search(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}T", texts[0])


def test_texts_of_a_dossier_stay_texts(article):
    tables = tables_of(article)
    for row in tables["claims"]:
        row["quote"] += HOSTILE
    drawn = svg(plot_losses_against_ratios(build_dossier(tables)))
    assert not [p for p in ElementTree.fromstring(drawn).iter() if p.tag.endswith("script")]
    assert any("<script>hit()</script>" in name for name in named(drawn).values())
