"""Totals between those that hold them in place are left out of the search, and nothing else is."""

import pytest
from rising import RATIO, START, any_dossier, built, left_out, series, tried, until

import bakhmut as bk
from bakhmut.consistency import deciding
from bakhmut.consistency.case import alone, case_of, opened, status_of, stays_between, take_in
from bakhmut.meaning import totals
from bakhmut.meaning.interpretation import read

RISING = [100, 200, 300, 400, 500]


def test_all_but_the_first_and_last_of_totals_that_rise_are_held():
    assert left_out(built(series(RISING))) == {"t1", "t2", "t3"}


@pytest.mark.parametrize(
    ("other", "held"),
    [
        ({"period": until(30)}, {"t1", "t3"}),  # the day of t2: it is an end of both runs
        ({"period": until(35)}, {"t1"}),  # between t2 and t3: t0 to t2, and t3 to t4
        ({"period": until(99)}, {"t1", "t2", "t3"}),
        ({"period": "2022-03-20/2022-12-31"}, {"t1", "t3"}),  # begins between t1 and t2: day 24
        ({"period": "the spring"}, {"t1", "t2", "t3"}),
        ({}, {"t1", "t2", "t3"}),
    ],
)
def test_where_another_figure_begins_or_ends_a_run_does(other, held):
    # "The spring" begins on day 5, before the first total ends (day 10), and ends after the last.
    rows = series(RISING)
    if other.get("period") == "2022-03-20/2022-12-31":
        held = {"t3"}  # t0 and t1 are a run with none between; t2 to t4 holds t3
    own = {"claim": "o", "side": "A", "measure": "killed", "place": "town", "source": "Post"}
    assert left_out(built([*rows, {**own, "low": "1", "high": "9", **other}])) == held


def test_a_total_that_falls_ends_a_run():
    assert left_out(built(series([100, 200, 300, 250, 400, 500]))) == {"t1", "t4"}


def test_another_side_measure_or_reading_is_another_series():
    rows = series(RISING)
    rows[2] = {**rows[2], "measure": "wounded"}
    # t2 ends within what t1 and t3 would hold, and counts something else.
    assert left_out(built(rows)) == set()


def test_a_ratio_for_each_time_leaves_totals_out_and_a_number_for_each_time_does_not():
    ratio = {"assumption": "r", **RATIO, "low": "2", "high": "4"}
    number = {"assumption": "n", "side": "A", "measure": "killed", "place": "war",
              "period": "each", "tier": "plausible", "low": "", "high": "150"}  # fmt: skip
    assert left_out(built(series(RISING), assumptions=[ratio])) == {"t1", "t2", "t3"}
    assert left_out(built(series(RISING), assumptions=[number])) == set()


def test_what_is_asked_about_is_told_apart():
    dossier = built(series(RISING))
    asked = read(dossier).by_name["t2"].readings[0].top
    assert left_out(dossier, watch=[asked]) == {"t1", "t3"}


@pytest.mark.parametrize("first", range(0, 40, 10))
def test_nothing_that_a_check_says_is_another_for_what_is_left_out(first):
    seeds = range(first, first + 10)
    assert [tried(seed) for seed in seeds] == [""] * 10
    assert sum(bool(left_out(any_dossier(seed))) for seed in seeds) > 5


ABOUT_TOWN = [
    {"claim": f"o{n}", "side": "B", "measure": "killed", "place": "town", "period": until(5),
     "source": source, "hedge": "about", "low": number, "high": number}
    for n, (source, number) in enumerate([("Post", "1000"), ("Times", "1110")])
]  # fmt: skip


@pytest.mark.parametrize("others", [[], ABOUT_TOWN])
def test_the_witness_has_a_number_for_each_total_that_rises_within_its_ends(others, monkeypatch):
    # Beside: 1,000 and 1,110 are both "about" one number at the furthest ends of "about" only
    # (1.05 x 1,000 < 0.95 x 1,110 = 1,054.5), so that all is decided at these.
    monkeypatch.setattr(totals, "FEWEST", 1)
    rows = [{**row, "hedge": "about"} for row in series(RISING)]
    witness = bk.check(built([*rows, *others])).witness.set_index("scope")["value"]
    counted = [witness[f"A, killed, war, {START} to {row['period'][11:]}"] for row in rows]
    assert all(0.95 * n <= own <= 1.05 * n for n, own in zip(RISING, counted, strict=True))
    assert counted == sorted(counted)


def thousand(**changed):
    """Return a thousand totals, two figures beside them that conflict, and what was decided."""
    own = {"side": "A", "measure": "killed", "source": "Post", "period": until(400)}
    whole = {"claim": "o", **own, "place": "war", "low": "900", "high": "950"}
    town = {"claim": "p", **own, "place": "town", "low": "951"}
    rows = series(range(1_000, 11_000, 10), first=401, step=1)
    for name, number in changed.items():
        rows[int(name[1:])] |= {"low": number, "high": number}
    case = case_of(read(built([*rows, whole, town])), ())
    sets = {conflict.premises for conflict in case.conflicts}
    return sets, sum(len(system.premises) for system in case.systems), alone(case)


def test_of_a_thousand_totals_two_are_decided_and_all_are_compared():
    sets, decided, left = thousand()
    assert sets == {frozenset("op")}
    assert (decided, left) == (4, ())


def test_a_total_that_falls_is_found_among_a_thousand_with_each_that_it_falls_below():
    # Totals are 1,000, 1,010, ...; t500 is 5,905 in place of 6,000, and t491 is 5,910.
    sets, decided, left = thousand(t500="5905")
    assert sets == {frozenset("op"), *(frozenset({f"t{n}", "t500"}) for n in range(491, 500))}
    assert decided < 60
    assert left == ()


def test_where_a_search_would_be_cut_off_the_last_whole_one_stands_and_says_so(monkeypatch):
    # Every total is below 5,000 killed in a time within its own: forty sets of two. The ends, then
    # t20, then t10 and t30 are decided; the halves are too short then, and forty sets are too many.
    monkeypatch.setattr(deciding, "FEW", 10)
    own = {"side": "A", "measure": "killed", "place": "war", "source": "Post"}
    high = {"claim": "o", **own, "period": until(400), "low": "5001", "high": "5002"}
    dossier = built([*series(range(1_001, 1_081, 2), first=401, step=1), high])
    case = opened(read(dossier), ())
    take_in(case, case.claims, most=20)
    assert {conflict.premises for conflict in case.conflicts} == {
        frozenset({"o", f"t{n}"}) for n in (0, 10, 20, 30, 39)
    }
    assert case.notes[0].startswith("not all sets were searched for: 35 totals")
    assert alone(case) == ()
    assert status_of(case) == "contradiction"
    assert not any(stays_between(case, case.by_name[f"t{n}"]) for n in range(40))
