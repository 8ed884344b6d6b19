"""Small stories that were once answered wrongly, each the smallest of its kind."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from making import conflicts_of, count, dossier, exactly, ratio, term, wounded_per_killed

import bakhmut as bk
from bakhmut.__main__ import main
from bakhmut.consistency.verbs import glance

CASES = Path(__file__).parent / "cases"


def case(name):
    return bk.read_dossier(CASES / name)


# ---- stories that only a word links


@pytest.mark.parametrize(
    ("name", "claims"),
    [
        # X's "lost" as killed: at least 100 in the East, where at most 50 were. As killed or
        # wounded: at most 50 in the West, where at least 100 were wounded.
        ("unlinked", {"a", "b", "c", "d"}),
        # The wide front fails by c0 (a part 100 times its whole), the narrow one by the others.
        ("engine-3146", {"c0", "c3", "c4", "c6", "c8", "c15"}),
    ],
)
def test_a_word_that_no_reading_saves_in_two_stories_is_a_contradiction(name, claims):
    made = case(name)
    check = bk.check(made)
    assert check.status == bk.decide(made) == glance(made).status == "contradiction"
    assert (check.readings_consistent, check.readings_total) == (0, 2)
    first = check.conflicts.iloc[0]
    assert (first["status"], set(first["claims"])) == ("contradiction", claims)
    assert first["readings_hold"] == () and first["readings_fail"] == ({},)  # whatever is read
    assert not len(check.witness)  # no numbers under which all holds
    assert main(["check", str(CASES / name), "--together"]) == 1


def test_no_reading_is_advised_that_fails_elsewhere():
    # Read as killed, a and b must be mended; as killed or wounded, c and d.
    corrections = bk.correct(case("unlinked"))
    assert not corrections["kind"].eq("reading").any()


def test_a_witness_reads_a_voices_word_in_one_way_everywhere():
    # "lost" must be killed or wounded in the East (100 against at most 50 killed); so the West's
    # 60 are so, too.
    rows = [
        count("a", "100", source="X", measure="lost", place="East"),
        count("b", high="50", source="Y", place="East"),
        exactly("c", "60", source="X", measure="lost", place="West"),
        count("d", "10", source="Z", measure="wounded", place="West"),
    ]
    words = [
        term("measure", "lost", "killed", "dead"),
        term("measure", "lost", "killed + wounded", "all"),
    ]
    witness = bk.check(dossier(rows, words)).witness
    said = set(witness["scope"])
    assert {s for s in said if "killed + wounded" in s and "West" in s}


def test_what_is_compared_with_nothing_does_not_multiply_the_readings():
    rows = [exactly("lost", "100", measure="lost"), exactly("dead", "90")]
    words = [
        term("measure", "lost", "killed", "dead"),
        term("measure", "lost", "killed + wounded", "all"),
        term("measure", "gone", "missing", "missing"),
        term("measure", "gone", "missing + captured", "more"),
    ]
    apart = exactly("apart", "7", measure="gone", place="Elsewhere", source="other")
    for some in (rows, [*rows, apart]):
        check = bk.check(dossier(some, words))
        assert (check.readings_total, check.readings_consistent) == (2, 1)


# ---- what only assumptions count


def test_assumptions_that_share_what_no_claim_counts_are_taken_together():
    # Wounded are at least 3 x 100 by one, at most 2 x 10 by the other.
    check = bk.check(case("chained"))
    assert check.status == "conflicts-with-assumption"
    assert conflicts_of(check.conflicts) == {frozenset({"k", "c", "many-wounded", "few-wounded"})}
    # 3 x 100 against w x 10 holds from w = 30, m x 100 against 20 up to m = 0.2.
    flips = {t["assumption"]: t["exact"] for t in check.conflicts["thresholds"][0]}
    assert flips == {"few-wounded": "30", "many-wounded": "1/5"}


def test_a_chain_of_three_assumptions_is_followed_to_its_end():
    each = {"side": "each", "place": "each", "period": "each"}
    each |= {f"per_{k}": v for k, v in each.items()}

    def assumed(name, measure, per, low="", high=""):
        return {"assumption": name, "tier": "plausible", "measure": measure, "per_measure": per,
                "low": low, "high": high, "because": "test", **each}  # fmt: skip

    chain = [
        assumed("one", "wounded", "killed", low="2"),
        assumed("two", "missing", "wounded", low="2"),
        assumed("three", "missing", "captured", high="1"),
    ]
    # missing >= 2 x 2 x 10 = 40, and missing <= captured.
    rows = [exactly("k", "10"), count("c", high="39", measure="captured")]
    assert bk.decide(dossier(rows, [], assumptions=chain)) == "conflicts-with-assumption"
    rows[1] = count("c", high="40", measure="captured")
    assert bk.decide(dossier(rows, [], assumptions=chain)) == "consistent"


def test_what_an_assumption_adds_up_is_counted_in_a_part_that_is_not_stated_too():
    # All of A's 100 killed are guards, so nobody else was killed in x's period either: there A's
    # wounded are at most 4 for each of the guards' killed, and x says at least 10 of the guards.
    rows = [
        ratio("a", "10", source="x", side="Guards", measure="wounded", period="",
              per_side="Guards", per_measure="killed", per_period=""),
        exactly("all", "100"),
        exactly("guards", "100", side="Guards"),
    ]  # fmt: skip
    made = dossier(rows, assumptions=[wounded_per_killed("", "4")])
    check = bk.check(made)
    assert check.status == glance(made).status == "conflicts-with-assumption"
    assert conflicts_of(check.conflicts) == {frozenset({"a", "all", "guards", "wpk-a"})}
    # With two others killed there may be one guard killed and 10 wounded: 10 <= 4 x (1 + 2).
    rows[1] = exactly("all", "102")
    assert bk.decide(dossier(rows, assumptions=[wounded_per_killed("", "4")])) == "consistent"


# ---- a whole divided in many ways that no claim names


def test_a_whole_divided_in_many_ways_need_not_be_named():
    # 32, 70, up to 64 and at least 70 are of different cities and measures: nothing meets.
    assert bk.decide(case("engine-crash")) == "consistent"


@pytest.mark.parametrize(("named", "exact", "inner"), list(product((False, True), repeat=3)))
def test_every_path_across_many_divisions_ends_in_the_right_verdict(named, exact, inner):
    # Five cities, each in the Land by a division of its own: any two may overlap, none is more
    # than the Land. 70 in a city against at most 64 in the Land fails only if the Land is named.
    words = [term("place", "Land", f"City{n} + ...") for n in range(5)]
    if exact:
        words.append(term("place", "Land", "North + South"))
    if inner:
        words.append(term("place", "City4", "Port + ..."))
        words.append(term("place", "World", "Land + ..."))
    rows = [exactly(f"c{n}", "70", place=f"City{n}") for n in range(5)]
    rows += [exactly("p", "70", place="Port")] if inner else []
    rows += [count("whole", high="64", place="Land")] if named else []
    check = bk.check(dossier(rows, words))
    # Without the Land nothing is set beside anything, but for the port in its city, and where the
    # Land is all of North and South: it then has to hold all five.
    alone = "consistent" if inner or exact else "not-checkable"
    assert check.status == ("contradiction" if named else alone)
    if named:  # each city, and the port, by itself against the Land
        assert len(conflicts_of(check.conflicts)) == 5 + inner


# ---- a margin that is only approached


def test_an_error_that_is_only_approached_is_no_margin():
    # 8 killed, and wounded = killed + wounded: with any share below one the wounded need only be
    # many enough, but no finite error leaves exactly the whole.
    made = case("unattained")
    check = bk.check(made)
    (conflict,) = check.conflicts.to_dict("records")
    assert conflict["status"] == "contradiction" and conflict["margin"] != conflict["margin"]
    assert "No common error of the figures, however large, reconciles them" in conflict["because"]
    assert "slip" not in set(bk.flag(made, check)["flag"])


# ---- bounds where nothing holds


def test_bounds_say_where_nothing_holds():
    made = dossier([exactly("one", "100"), exactly("two", "120")])
    bounds = bk.bound(made, side="A", measure="killed", place="Land")
    assert list(bounds["low_exact"]) == list(bounds["high_exact"]) == ["nothing holds"]


# ---- what gives


def test_a_figure_gives_first_that_stands_in_most_sets_and_is_furthest_off():
    # 60 + 41 are 101, not 100: a slip in a sum. 1 % of 100 (or of 101) is 1, not 50: so the
    # critic's 50 gives in both sets that it is in, and for the sum each of the three.
    check = bk.check(case("give"))
    rows = check.corrections[check.corrections["kind"] == "claims"]
    assert list(zip(rows["group"], rows["gives"], strict=True)) == [
        (1, ("surplus",)), (1, ("share",)), (2, ("total",)), (2, ("a",)), (2, ("b",)),
    ]  # fmt: skip
    sets = {row.conflict: set(row.claims) for row in check.conflicts.itertuples()}
    first, second = check.gives.itertuples()
    assert (first.gives, first.origin, first.others) == ("surplus", "critic", ("share",))
    assert [sets[name] for name in first.conflicts] == [
        {"total", "share", "surplus"},
        {"a", "b", "share", "surplus"},
    ]
    assert (second.gives, second.others) == ("total", ("a", "b"))


def test_one_figure_without_which_all_else_holds_is_named():
    # 531 against 100 in each of three ways: only 531 is in all of them.
    rows = [exactly("odd", "531"), *(exactly(f"c{n}", "100", source=f"s{n}") for n in range(3))]
    check = bk.check(dossier(rows))
    (row,) = check.gives.itertuples()
    assert (row.gives, len(row.conflicts), row.of) == ("odd", 3, 3)
    assert list(check.corrections["gives"]) == [("odd",)]
