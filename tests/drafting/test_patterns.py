"""Patterns that are tried only where their words are find what they would find anywhere."""

import re
from itertools import product

import pytest
from test_sentences import cases

from bakhmut.drafting.drafts import draft_text
from bakhmut.drafting.patterns.needing import _NEEDING, Needing, needed, possible


@pytest.mark.parametrize(
    ("pattern", "parts"),
    [
        (r"\bkilled\s+(?:by|in)\b", {"killed"}),
        (r"deaths?|the\s+dead", {"death", "dead"}),
        (r"\b(?:killed|kidnapped)\s", {"killed", "kidnapped"}),
        (r"[Tt]he\s+[Ww]ounded|[Hh]urt", {"wounded", "hurt"}),
        (r"(?i:ALL)\s+[^.;]*", {"all"}),
        (r"\d+\s+(?:of\s+(?:them|whom)|in\s+all)", {"them", "whom", "all"}),
        (r"(?:so\s+)?many(?:\s+dead)?", {"many"}),
        (r"un(?:hurt|injured)", {"unhurt", "uninjured"}),
        (r"\w+\s(?=were\s)", {"were"}),
        (r"(?!dead\s)(?<=lost\s)\w+", set()),  # what must not follow, and what went before
        (r"[A-Z]\w+['’]s\s+(?:about\s+)?$", set()),
        (r"killed|\d+", set()),
        (r"(?:dead)*", set()),
    ],
)
def test_what_each_match_has_is_read_off_a_pattern(pattern, parts):
    assert needed(pattern) == parts


def test_a_pattern_without_a_word_of_its_own_is_refused():
    with pytest.raises(ValueError, match="no word"):
        Needing(r"\d+\s+\w+")


def test_a_pattern_that_comes_later_is_found_in_a_text_that_was_asked_about():
    text = "Wexford zymurgists were unhurt."
    assert all(one.compiled.pattern != "zymurgist" for one in possible(text))
    late = Needing("zymurgist")
    assert late.search(text).span() == (8, 17)


def test_a_match_across_the_end_of_a_word_or_a_window_is_found():
    cost = Needing(r"\bcost\s|\bcost$")
    assert cost.search("They were costly", 0, 14).span() == (10, 14)
    assert cost.before("The Xcost 40", 10, 5).span() == (0, 5)  # the window begins at the c
    assert cost.before("The cost 40", 3) is None


def test_letters_that_have_other_capitals_are_found_as_re_finds_them():
    spellings = [{one for c in "sSſ" for one in c}, set("iIİı"), set("kKK"), {"e", "E"}]
    pattern = Needing("sike", re.IGNORECASE)
    for word in map("".join, product(*spellings)):
        assert pattern.compiled.search(word) is not None
        assert pattern.search(f"They {word} 40") is not None, word


def test_every_pattern_finds_in_every_sentence_what_it_finds_without_being_asked_first():
    draft_text("Ten died.")  # the patterns are there
    every = {one for those in _NEEDING.values() for one in those}
    assert len(every) > 50
    for text, _ in cases():
        may = possible(text)
        for one in every:
            assert one in may or one.compiled.search(text) is None, one.compiled.pattern
