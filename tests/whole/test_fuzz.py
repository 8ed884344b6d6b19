"""What is made to break the package ends in a result or one clear error: a sample of `make fuzz`,
and what was found by many.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from importlib.util import module_from_spec, spec_from_file_location

import guided
import jsonschema
import moments
import pytest
from ends import Case, verdict
from making import WORDS, count, dossier, exactly, term
from places import ROOT
from reducing import looked_at, reduced, told

import bakhmut as bk
from bakhmut.base.limits import within
from bakhmut.cli.shown import full
from bakhmut.engine import conflicts, verdicts
from bakhmut.findings import summary

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="limits and forks as Linux has them"
)


@pytest.mark.parametrize(("kind", "sample"), [("dossiers", 50), ("texts", 60), ("books", 30)])
def test_a_sample_of_broken_inputs_ends_well(kind, sample):
    # In a process of its own: each child inherits what its parent holds.
    command = [sys.executable, str(ROOT / "tests" / "fuzz"), kind, str(sample)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    told = re.fullmatch(rf"{sample} broken {kind} \(seeds .*\): (.*); 0 wrong\n", done.stdout)[1]
    ends = Counter({end: int(count) for end, count in re.findall(r"'([a-z ]+)': (\d+)", told)})
    assert ends.total() == sample
    # Most can still be used or say why not; a few are so large that they are given up in time.
    assert ends["result"] >= sample / 10 and ends["error"] >= sample / 10 > ends["given up"]


@pytest.mark.parametrize("name", ["draft", "confirm"])
def test_a_verb_that_is_ended_finds_no_room_or_runs_twice_leaves_what_was_there(name):
    (verb,) = [verb for verb in moments.VERBS if verb.name == name]
    assert moments.tried(verb, 2, seed=2023) == []


def test_a_stage_that_finds_something_hides_no_later_one(monkeypatch, capfd):
    place = spec_from_file_location("fuzzing", ROOT / "tests" / "fuzz" / "__main__.py")
    fuzzing = module_from_spec(place)
    place.loader.exec_module(fuzzing)
    monkeypatch.setattr(fuzzing, "STAGES", {"no stage": 1, "words": 2})
    assert fuzzing.fuzz_all(2, seed=7) == 1
    *_, words, last = capfd.readouterr().out.splitlines()
    assert re.match(r"4 judged words \(seeds 7 to 10, .*; 0 wrong$", words)
    assert re.fullmatch(r"2 stages \(seed 7, .*\): something wrong in no stage", last)


def test_a_fault_is_reduced_to_the_smallest_dossier_with_that_fault_and_no_other():
    def wrong(tables):
        names = {row["claim"] for row in tables["claims"]}
        if "a" not in names:  # another fault of the same type, elsewhere, with fewer rows
            raise ValueError("no a")
        if {"a", "b"} <= names:
            return int("")
        return "sets too many" if "c" in names else ""

    claims = [{"claim": name} for name in "dcba"]
    tables = {"claims": claims, "readings": [{"claim": "d"}], "terms": [{"term": "lost"}]}
    small = reduced(tables, wrong)
    assert small == {"claims": [{"claim": "b"}, {"claim": "a"}], "readings": [],
                     "terms": tables["terms"]}  # fmt: skip
    assert told(small, wrong)[0].startswith("ValueError in test_fuzz.py:")
    one = {"claims": claims[:2] + claims[3:]}
    assert looked_at(one, wrong).startswith("sets too many\n  {'claims': [{'claim': 'c'}, {'claim'")


def test_how_a_file_was_read_may_stand_beside_a_result_and_nothing_else_may():
    case = Case(["check", "dossier", "--format", "table"])
    told = "terms.csv: is not UTF-8 and was read as Windows text (cp1252)\n"
    found = {"code": 0, "out": "Yes.", "err": told, "faults": [], "wrong": ""}
    assert verdict(case, found) == ""
    assert verdict(case, {**found, "err": f"{told}DeprecationWarning: x\n"})
    assert verdict(case, {**found, "out": ""})


def test_bytes_decide_what_is_drawn_and_every_such_dossier_and_table_ends_well():
    assert guided.Fed(b"ab").random() == guided.Fed(b"abc").random() == 0x6162 / 2**16
    for name in guided.TARGETS:
        assert guided.by_chance(name, seconds=2, seed=2023) > 0


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
    assert any("all 1,000 of one or two claims" in told for told in check.undecided)


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
    assert any("not all sets were searched for" in told for told in check.undecided)


def test_a_conflict_that_no_reading_is_known_to_save_is_undecided(monkeypatch):
    monkeypatch.setattr(conflicts, "MOST_WORK", 0)
    monkeypatch.setattr(verdicts, "MOST_CONFIRMED", 0)
    terms = [*WORDS, term("measure", "toll", "killed", "few"), term("measure", "toll", "lost", "b")]
    made = dossier([exactly("a", "10", measure="toll"), exactly("b", "9")], terms)
    (outcome,) = summary.examine(made)

    def plain(text, **_):
        return text

    assert list(outcome.check.conflicts["status"]) == ["undecided"]
    assert "whether another saves them was not decided" in outcome.check.conflicts["because"][0]
    told = summary.summarize(made, [outcome])
    jsonschema.validate(told, summary.schema())
    assert told["status"] == "undecided" and told["undecided"]
    assert "conflict 1 of 1: Undecided" in "\n".join(full.full_table([outcome], plain))


def test_hundreds_of_claims_that_all_differ_are_decided_in_time():
    claims = [exactly(f"c{n}", str(1_001 + n)) for n in range(300)]
    with within(10):
        check = bk.check(dossier(claims))
    assert check.status == "contradiction"
    assert any("stopped after" in told for told in check.undecided)
