"""The what-if's closed form against the engine, which knows nothing of it."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from making import WORDS, count, dossier, exactly, ratio, term, wounded_per_killed
from oracle_whatif import as_dossier, holds, outside
from places import OUTBREAK

from bakhmut import read_dossier
from bakhmut.meaning.interpretation import read
from bakhmut.views.whatif import pieces, question

SAME = "killed + wounded"


def without_multipliers(low="3", measure="killed", total="killed"):
    """Totals of a land and a ratio of a city in it, with nothing that ties measures together."""
    return dossier([
        ratio("r", low, "", measure=measure, per_measure=measure, place="City"),
        count("a", high="9,000", measure=total), count("b", low="4,000", side="B", measure=total),
    ])  # fmt: skip


def in_several_words():
    """Words with things in them that no multiplier ties, on both sides, and a range."""
    more = [
        term("measure", "toll", "killed + wounded + missing", "wide"),
        term("measure", "toll", "killed", "narrow"),
        term("measure", "gone", "killed + missing"),
    ]
    claims = [
        ratio("r", "2", "4.5", measure="gone", per_measure="toll", place="City", source="one"),
        count("a", "8,000", "9,500", measure="toll", source="two"),
        count("b", low="2,000", side="B", measure="lost", source="three"),
    ]
    both = [wounded_per_killed("1", "3"), wounded_per_killed("2", "5", side="B")]
    return dossier(claims, [*WORDS, *more], assumptions=both)


def one_side_open():
    """A total that is open upward on the side that would have to give."""
    return dossier([
        ratio("r", "3", "3", place="City"), count("a", low="9,000"),
        exactly("b", "4,000", side="B"),
    ])  # fmt: skip


def multipliers_from_nought():
    """Totals of wounded only, and so few wounded for each killed that there may be none."""
    claims = [
        ratio("r", "3", "", place="City"), count("a", high="9,000", measure="wounded"),
        count("b", low="4,000", side="B", measure="wounded"),
    ]  # fmt: skip
    both = [wounded_per_killed("0", "0.05"), wounded_per_killed("0", "0.05", side="B")]
    return dossier(claims, assumptions=both)


STORIES = {
    "article": read_dossier,
    "outbreak": lambda: read_dossier(OUTBREAK),
    "without multipliers": without_multipliers,
    "other measures": lambda: without_multipliers("2.5", "killed", "lost"),
    "several words": in_several_words,
    "one side open": one_side_open,
    "from nought": multipliers_from_nought,
}


@pytest.mark.parametrize("name", STORIES)
def test_the_closed_form_is_what_the_engine_decides_to_the_last_fraction(name):
    whole, rng = STORIES[name](), random.Random(name)
    asked = question(whole)
    every = pieces(asked, read(whole))
    assert every
    for _ in range(25):
        piece = rng.choice(every)
        x, y = (Fraction(rng.randint(1, 200), 10) for _ in "xy")
        share = Fraction(rng.randint(1, 99), 100)
        cap = piece.cap(x, y)
        # As often as not just at the edge, where one step decides.
        if cap is not None and cap < 1 and rng.random() < 0.5:
            share = Fraction(int(cap * 10**6) + rng.randint(0, 1), 10**6)
        point = (x, y, share) if asked.part else (None, None, share)
        told = as_dossier(whole, asked, piece, point=point)
        can = cap is None or share <= cap
        assert holds(told) == can, (piece, point)
        for measure, _ in piece.outside if can else ():
            most, least = outside(told, asked, measure)
            found = piece.ratio(measure, share, x=x, y=y)
            if found is not None:
                assert str(found) == most, (piece, point, measure)
            else:  # the total then leaves as few as one, or none; or there is no upper end
                assert most == "" or Fraction(least) <= 1, (piece, point, measure)


def test_the_article_gives_the_ratio_outside_that_a_calculator_gives():
    # (1.2814 - 5 s) / (1 - s): 1.09 at 5 %, 0.87 at 10 %, 0.35 at 20 %; nothing left past 25.63 %
    whole = read_dossier()
    asked = question(whole)
    readings = {"exactly five", "casualties", "military"}
    (piece,) = (
        one for one in pieces(asked, read(whole))
        if one.statement == "loss-ratio" and {r for _, r in one.choices} == readings
    )  # fmt: skip
    equal = {"x": Fraction(3), "y": Fraction(3)}
    shares = (Fraction(s, 100) for s in (5, 10, 20))
    ratios = [piece.ratio(SAME, share, **equal) for share in shares]
    assert [round(float(r), 2) for r in ratios] == [1.09, 0.87, 0.35]
    assert piece.cap(**equal) == Fraction(153_770, 5 * 120_001)
    # the same for any multipliers, as long as all count killed and wounded
    assert piece.cap(Fraction(9), Fraction(2)) == piece.cap(**equal)


def test_where_a_total_counts_something_else_as_well_no_limit_follows():
    whole = read_dossier()
    wide = [
        p for p in pieces(question(whole), read(whole)) if "alliance" in dict(p.choices).values()
    ]
    assert wide
    for piece in wide:
        if ("term", "The Telegraph", "measure", "casualties") in dict(piece.choices):
            meant = dict(piece.choices)["term", "The Telegraph", "measure", "casualties"]
            assert (meant == "alliance") == (piece.outside[0][1] is None)


@pytest.mark.parametrize("claims", [
    [exactly("one", "10")],
    [ratio("r", "3", "3"), exactly("a", "9,000"), exactly("b", "4,000", side="B")],  # one place
    [ratio("r", "3", "3", place="City"), exactly("a", "9,000")],  # one total
])  # fmt: skip
def test_without_a_ratio_inside_and_two_totals_around_it_nothing_is_asked(claims):
    assert question(dossier(claims)) is None


def test_a_ratio_whose_measure_is_not_stated_has_no_answer():
    whole = dossier([
        ratio("r", "3", "3", measure="", per_measure="", place="City"),
        exactly("a", "9,000"), exactly("b", "4,000", side="B"),
    ])  # fmt: skip
    assert pieces(question(whole), read(whole)) == []


def test_where_nothing_is_left_below_no_limit_follows():
    # Without wounded, totals of wounded say nothing of the killed.
    made = multipliers_from_nought()
    for piece in pieces(question(made), read(made)):
        assert piece.cap(Fraction(0), Fraction(0)) is None
        assert all(
            piece.ratio(name, Fraction(1, 20), x=0, y=0) is None for name, _ in piece.outside
        )


def test_a_side_that_is_not_tied_counts_each_piece_by_itself():
    whole = read_dossier()
    asked = question(whole)
    free = pieces(asked, read(whole), tied=(False, False))
    assert len(free) == len(pieces(asked, read(whole)))
    assert all(len(piece.outside) == 1 for piece in free)
