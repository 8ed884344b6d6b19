"""Small inputs of many kinds, each with its right answer, worked out by hand."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import bakhmut as bk
from bakhmut.findings import summary
from bakhmut.findings.next_row import next_row

SMALL = Path(__file__).parent / "small"


@cache
def checked(name):
    return bk.check(bk.read_dossier(SMALL / name))


def sets(name):
    """Return the conflicts of a case: claims, status, assumptions."""
    return {
        (row.claims, row.status, row.assumptions) for row in checked(name).conflicts.itertuples()
    }


@pytest.mark.parametrize(
    ("name", "status"),
    [
        # About ten is twelve at the most, about a million 800,000 at the least.
        ("about", "contradiction"),
        # 557,000 + 606,000 = 1,163,000; 1.2 million is 1.15 to 1.25 million.
        ("net", "consistent"),
        # 33.4 + 33.4 + 33.3 = 100.1: by rounding alone.
        ("shares", "consistent"),
        # Less than 10.5 % of 1,003 is less than 105.315, and 106 are printed.
        ("share", "contradiction"),
        ("toll", "conflicts-with-assumption"),
        # Neither row says whose or what.
        ("unscoped", "not-checkable"),
        # One figure, compared with none.
        ("fp", "not-checkable"),
        ("ratio9", "not-checkable"),
        ("ask", "consistent"),
        ("give", "contradiction"),
        ("inter", "contradiction"),
        ("slip2", "contradiction"),
        # Half of 1,000 is 495 to 505 at the most, and 200 marched.
        ("unn", "contradiction"),
        ("karel", "contradiction"),
    ],
)
def test_the_first_word_is_right(name, status):
    assert checked(name).status == status


def test_a_proof_says_which_end_of_a_rounded_share_it_takes():
    (proof,) = checked("share").conflicts["proof"]
    assert any("10 % stands for less than 10.5 %" in line for line in proof)
    assert "106 would have to be less than 105.315" in proof[-1]


def test_what_only_the_last_digit_keeps_apart_is_a_note_with_its_size():
    # 1,200,000 - 557,000 - 606,000 = 37,000.
    (note,) = checked("net").notes.itertuples()
    assert (note.note, note.claims, note.apart) == ("slip", ("a", "b", "c"), 37_000)
    assert note.because.endswith("explains: 1.2 million stands for 1,150,000 to 1,250,000.")
    assert not len(checked("net").conflicts)


def test_what_two_claims_say_alike_is_counted_where_quotes_are_listed():
    # 33.4 + 33.4 + 33.3 = 100.1 %.
    (note,) = checked("shares").notes.itertuples()
    assert note.because.startswith("“33.4 %” (twice) and “33.3 %” miss each other (0.10%")
    assert note.because.endswith("explains: 33.4 % stands for 33.35 % to 33.45 %.")


def test_a_city_and_its_front_are_two_contradictions():
    # 620 in Karel, and about 400, at the most 480, on all of the front; 2 x 620 = 1,240 > 1,100.
    definite = {claims for claims, status, _ in sets("karel") if status == "contradiction"}
    assert definite == {
        ("norland-karel", "norland-front"),
        ("norland-karel", "ratio-karel", "sardia-front"),
    }


def test_two_days_of_one_toll_collide_only_if_counted_once():
    assert sets("toll") == {(("a", "b"), "conflicts-with-assumption", ("counted-once",))}


def test_a_running_toll_that_grows_is_nothing():
    dossier = bk.read_dossier(SMALL / "toll")
    rows = dossier.claims.to_dict("records")
    rows[0] |= {"hedge": "so far", "high": ""}
    assert bk.decide(bk.build_dossier({"claims": rows})) == "consistent"


def test_every_phrase_of_a_hedge_has_its_numbers():
    # An estimated 5 is 4.75 to 5.25; close to 20 is 19 to 21; just over 88 is 89 to 92.4; as many
    # as 183 is up to 183; under 30 is up to 29; well over 1 is 2 or more; fewer than 9 is up to 8;
    # dozens is 24 or more.
    read = bk.interpret(bk.read_dossier(SMALL / "hedges")).set_index("claim")
    ends = {claim: (row.low, row.high) for claim, row in read.iterrows()}
    assert ends["a"] == (4.75, 5.25) and ends["b"] == (19, 21)
    assert ends["c"] == (89, pytest.approx(92.4))
    open_ = {claim for claim, (low, high) in ends.items() if low != low or high != high}
    assert open_ == {"d", "e", "f", "g", "h"}
    assert (ends["d"][1], ends["e"][1], ends["g"][1]) == (183, 29, 8)
    assert (ends["f"][0], ends["h"][0]) == (2, 24)


def test_a_question_is_answered_from_the_others_in_whole_persons():
    # 377,000 x (0.695 + 0.395 - 1) = 33,930; 377,000 x 0.405 = 152,685.
    found = bk.bound(
        bk.read_dossier(SMALL / "ask"), side="small children", measure="direct deaths",
        place="land", period="2014-09-21/2021-12-31",
    )  # fmt: skip
    assert (found["low_exact"][0], found["high_exact"][0]) == ("33930", "152685")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("negative", "the hedge 'difference' and the per_ columns"),
        ("reversed", "the numbers of two recorders are two rows"),
        ("upto", "beside the hedge 'up to'; a ceiling stands here: move 183 from low"),
        ("upto", "beside the hedge 'at least'; a floor stands here: move 5 from high"),
    ],
)
def test_what_does_not_fit_together_is_refused_with_advice(name, said):
    with pytest.raises(bk.DossierError, match=said):
        bk.read_dossier(SMALL / name)


def one(claim, number, **cells):
    cells = {"source": claim, "measure": "jobs", "place": "land", "period": "2020"} | cells
    return {"claim": claim, "low": number, "high": number, **cells}


def test_a_difference_may_be_negative():
    # 900 now less 1,000 then is -100: -100 fits, +100 does not.
    then = {"per_period": "2019"}
    rows = [one("now", "900"), one("then", "1000", period="2019")]
    for change, status in (("-100", "consistent"), ("100", "contradiction")):
        row = one("change", change, hedge="difference", **then)
        assert bk.decide(bk.build_dossier({"claims": [*rows, row]})) == status


def test_a_margin_is_of_the_number_or_in_points():
    # 400 ± 5 % is 380 to 420; 52 % ± 3 % is 49 % to 55 %.
    rows = [one("a", "400", hedge="± 5 %"), one("b", "421")]
    assert bk.decide(bk.build_dossier({"claims": rows})) == "contradiction"
    share = {"per_measure": "people"}
    rows = [one("a", "52 %", hedge="± 3 %", **share), one("b", "54.9 %", hedge="exact", **share)]
    assert bk.decide(bk.build_dossier({"claims": rows})) == "consistent"


def test_what_was_taken_back_is_compared_only_where_asked_for():
    from bakhmut.dossier.changed.edits import standing

    rows = [one("a", "5"), one("b", "6"), one("c", "9", standing="withdrawn")]
    made = bk.build_dossier({"claims": rows})
    assert {row.claims for row in bk.find_conflicts(made).itertuples()} == {("a", "b")}
    assert "standing" in set(bk.check(made).notes["note"])
    assert len(bk.find_conflicts(standing(made))) == 3


def test_what_needs_an_unusual_reading_ranks_below_the_rest():
    # Lost as killed: 100 against 50 killed. As killed and wounded, which is usual: nothing.
    terms = [
        {"kind": "measure", "term": "lost", "reading": "dead", "means": "killed"},
        {"kind": "measure", "term": "lost", "reading": "all", "means": "killed + wounded",
         "usual": "yes"},
    ]  # fmt: skip
    rows = [one("a", "100", measure="lost"), one("b", "50", measure="killed")]
    check = bk.check(bk.build_dossier({"claims": rows, "terms": terms}))
    assert check.status == "contradiction-in-some-readings"
    said = check.notes.set_index("note")["because"]
    assert said["usual"].startswith("As its words are usually read: The figures can all hold")


def test_figures_without_a_partner_are_told_with_the_row_that_would_link_them():
    rows = [one("a", "5"), one("b", "5"), one("c", "3", place="town")]
    (note,) = bk.check(bk.build_dossier({"claims": rows})).notes.itertuples()
    assert note.claims == ("c",)
    found = next_row(bk.build_dossier({"claims": rows}))
    assert (found.row, found.figures) == (("place", "land", "", "town + ..."), 1)


@pytest.mark.parametrize("name", ["net", "toll", "karel", "unscoped"])
def test_json_has_the_notes(name):
    dossier = bk.read_dossier(SMALL / name)
    said = summary.summarize(dossier, summary.examine(dossier))["notes"]
    assert [note["note"] for note in said] == list(checked(name).notes["note"])
