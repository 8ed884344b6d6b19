"""Numbers in digits and words: what they are worth, and how a cell of claims.csv holds them."""

from __future__ import annotations

import pytest

from bakhmut.dossier.parsing.notation import parse_number
from bakhmut.drafting.numbers.numerals import find


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("153,770", 153_770),
        ("154 830", 154_830),
        ("154\u2009830", 154_830),
        ("12’345", 12_345),
        ("2,50,000", 250_000),
        ("1.2 million", 1_200_000),
        ("120k", 120_000),
        ("5.2m", 5_200_000),
        ("3 lakh", 300_000),
        ("2.3 crore", 23_000_000),
        ("a hundred and twenty thousand", 120_000),
        ("half a million", 500_000),
        ("a million and a half", 1_500_000),
        ("twenty-five", 25),
        ("two dozen", 24),
        ("three score", 60),
        ("one thousand two hundred", 1_200),
        ("two and a half", 2.5),
    ],
)
def test_a_number_is_worth_what_it_says(words, value):
    (numeral,) = find(f"some {words} men")
    assert numeral.value == value
    assert parse_number(numeral.printed) == value


@pytest.mark.parametrize(
    ("words", "least"),
    [
        ("dozens", 24),
        ("scores", 40),
        ("hundreds", 200),
        ("tens of thousands", 20_000),
        ("hundreds of thousands", 200_000),
        ("several dozen", 24),
        ("a few hundred", 200),
    ],
)
def test_a_vague_number_is_at_least_two_of_its_kind(words, least):
    (numeral,) = find(f"with {words} of men")
    assert (numeral.value, numeral.hedge) == (least, "at least")


def test_a_number_keeps_the_digits_as_printed():
    assert find("153,770 men")[0].printed == "153,770"
    assert find("1.20 million men")[0].printed == "1.20 million"


def test_two_numbers_joined_by_a_word_stay_two():
    assert [int(one.value) for one in find("five to one, two or three")] == [5, 1, 2, 3]


def test_a_decimal_comma_is_no_number():
    assert find("1,5 km") == [] or all(one.value != 15 for one in find("1,5 km"))


def test_a_run_of_number_words_does_not_grow_without_end():
    found = find("one hundred and " * 200)
    assert all(one.value < 1000 for one in found)


@pytest.mark.parametrize("words", ["1\u212a", "300 \u212a of heat"])
def test_the_sign_of_the_kelvin_is_no_thousand_and_its_number_counts_nobody(words):
    assert not list(find(words))
    assert len(list(find(words.replace("\u212a", "k")))) == 1
