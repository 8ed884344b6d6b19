"""Peoples that no table has are known by the words of the text itself."""

from __future__ import annotations

import pytest

from bakhmut.drafting.drafts import draft_text
from bakhmut.drafting.scope.nations import nations

TEXT = (
    "Velkan forces killed 900 Dorian soldiers at Marn. The Dorians admit to 400 dead; Velka "
    "says that Doria lost 1,200 men."
)


def test_a_people_has_the_name_of_its_country_where_the_text_names_it():
    assert nations(TEXT) == {
        "Velkan": "Velka", "Velkans": "Velka", "Velka": "Velka",
        "Dorian": "Doria", "Dorians": "Doria", "Doria": "Doria",
    }  # fmt: skip


def test_a_people_whose_country_is_not_named_keeps_its_own_name():
    assert nations("Carvish troops lost 40 men.") == {"Carvish": "Carvish", "Carvishs": "Carvish"}


@pytest.mark.parametrize(
    "text",
    [
        "Civilian casualties rose to 40. Every civilian fled.",
        "Median losses were 40 men.",
        "Russian troops killed 40 Ukrainian soldiers.",  # the table of territories has these
        "Ten people died in Dorian.",
    ],
)
def test_words_that_name_no_people_of_the_texts_own_are_none(text):
    assert nations(text) == {}


def test_the_words_for_one_people_are_joined_in_the_drafted_terms():
    drafted = draft_text(TEXT)
    assert list(drafted.claims["side"]) == ["Dorian", "Dorians", "Doria"]
    rows = drafted.terms[drafted.terms["kind"].eq("side")]
    assert rows[["term", "means"]].values.tolist() == [["Dorian", "Doria"], ["Dorians", "Doria"]]
    assert drafted.dossier().terms["term"].tolist()  # they can be read as a dossier's


def test_a_word_and_its_plural_are_one_side_in_the_drafted_terms():
    drafted = draft_text(
        "For every soldier killed, four rebels died, the minister said. In all 120 soldiers and "
        "200 rebels were killed in Osk, and 30 rebel fighters were captured, it said."
    )
    rows = drafted.terms[drafted.terms["kind"].eq("side")]
    assert rows[["term", "means"]].values.tolist() == [
        ["rebel fighters", "rebels"], ["soldier", "soldiers"],
    ]  # fmt: skip
