"""Broken dossiers end in a result or one clear error: a sample, and what was found by many.

`python -m tests.fuzz 10000` breaks ten thousand.
"""

from __future__ import annotations

import sys

import pytest
from making import WORDS, count, dossier, exactly, term

import bakhmut as bk
from bakhmut.limits import within

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="limits and forks as Linux has them"
)
SAMPLE = 100


def test_a_sample_of_broken_dossiers_ends_well():
    from fuzz import fuzz

    wrong, ends = fuzz(range(SAMPLE))
    assert wrong == {}
    assert sum(ends.values()) == SAMPLE
    # Most can still be used or say why not; a few are so large that they are given up in time.
    assert ends["result"] > 20 and ends["error"] > 20 and ends["given up"] < 5


def test_a_reading_that_counts_a_part_twice_is_flagged_and_is_no_fault():
    terms = [
        *WORDS,
        term("measure", "toll", "hurt + killed", "twice"),  # killed + wounded + killed
        term("measure", "toll", "killed", "once"),
    ]
    made = dossier([exactly("toll", "500", measure="toll"), count("dead", "400")], terms)
    assert "undefined-measure" in set(bk.flag(made)["flag"])


def test_a_word_with_thousands_of_readings_is_decided_or_undecided_in_time():
    terms = [term("measure", "lost", f"m{n} + rest", f"r{n}") for n in range(1_000)]
    claims = [exactly("a", "100", measure="lost", source="x"),
              exactly("b", "90", measure="lost", source="x"),
              exactly("c", "80", measure="rest")]  # fmt: skip
    with within(10):
        check = bk.check(dossier(claims, terms))
    # Whatever "lost" is said to mean, x says both 100 and 90 of it; not all readings are listed.
    assert check.status == "contradiction"
    assert any("1,000 combinations" in told for told in check.undecided)


def test_a_claim_with_thousands_of_readings_is_decided_in_time():
    readings = [
        {"claim": "a", "reading": f"r{n}", "field": "low", "value": str(n), "because": ""}
        for n in range(3_000)
    ]
    claims = [count("a", "100"), count("b", "", "2000")]
    made = dossier(claims, readings=readings)
    assert bk.decide(made) == "contradiction-in-some-readings"
    with within(10):
        check = bk.check(made)
    # Read as more than 2,000 it is above what b allows, else not.
    assert check.status == "contradiction-in-some-readings"
    assert [c["a"] for (c,) in check.conflicts["readings_hold"]] == ["r0"]
    assert any("3,000 combinations" in told for told in check.undecided)


def test_hundreds_of_claims_that_all_differ_are_decided_in_time():
    claims = [exactly(f"c{n}", str(1_001 + n)) for n in range(300)]
    with within(10):
        check = bk.check(dossier(claims))
    assert check.status == "contradiction"
    assert any("stopped after" in told for told in check.undecided)
