"""The sums of all conflicts as JSON, checked by a program that knows nothing of the package."""

from __future__ import annotations

import copy
import json
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from making import WORDS, count, dossier, exactly, ratio, wounded_per_killed

import bakhmut as bk
from bakhmut.__main__ import main
from bakhmut.cli.shown.certified import certified
from bakhmut.dossier.claims import DATA

CHECKER = Path(__file__).parents[2] / "docs" / "check_certificate.py"
CASES = Path(__file__).parent / "cases"


def story():
    rows = [
        ratio("ratio", "5", "5"), exactly("a", "60"), exactly("b", "20", side="B"),
        exactly("lost", "100", measure="lost"), count("dead", high="90"),
        exactly("both", "700", measure="hurt"),
    ]  # fmt: skip
    return dossier(rows, WORDS, assumptions=[wounded_per_killed("2", "4")])


def verdict(certificates, folder):
    path = folder / "certificate.json"
    path.write_text(json.dumps(certificates), encoding="utf-8")
    done = subprocess.run([sys.executable, "-I", CHECKER, path], capture_output=True, text=True)
    return done.returncode, done.stdout


def test_the_checker_is_short_and_imports_nothing_of_the_package():
    lines = CHECKER.read_text(encoding="utf-8").splitlines()
    assert len(lines) < 100
    imports = [line for line in lines if line.startswith(("import ", "from "))]
    allowed = {"json", "sys", "collections.abc", "fractions"}
    assert {line.split()[1] for line in imports} == allowed


@pytest.mark.parametrize("name", ["unlinked", "chained", "give", "unattained"])
def test_the_checker_accepts_the_sums_of_a_dossier(name, tmp_path):
    target = tmp_path / "sums.json"
    main(["check", str(CASES / name), "--certificate", str(target)])
    code, said = verdict(json.loads(target.read_text(encoding="utf-8")), tmp_path)
    assert (code, said.split()[0]) == (0, "all")


def test_every_conflict_has_a_sum_for_every_way_to_fail(tmp_path):
    made = story()
    found = json.loads(certified([made]))
    assert verdict(found, tmp_path)[0] == 0
    (text,) = found["texts"]
    frame = bk.find_conflicts(made)
    assert [c["conflict"] for c in text["conflicts"]] == list(frame["conflict"])
    assert text["sha256"] == made.sha256 and all(c["sums"] for c in text["conflicts"])


def test_a_sum_is_what_it_comes_to_by_hand(tmp_path):
    # 1,003 cases, 106 deaths, and deaths are 10 % of cases. As printed, 10 % is below 10.5 %, so,
    # with c cases and d deaths, and the end that is not reached 10^-12 short of it:
    #   c <= 1,003                              taken  21 times:  21 c         <= 21,063
    #   d >= 106                                taken 200 times:        200 d  >= 21,200
    #   d - 21/200 c <= -10^-12 / 200           taken 200 times:  200 d - 21 c <= -10^-12
    # The last two leave 21 c >= 21,200 + 10^-12, the first at most 21,063: 137 too many.
    whole = {"side": "", "place": "land", "period": "2020"}
    claims = [
        exactly("cases", "1,003", measure="cases", **whole),
        exactly("deaths", "106", measure="deaths", **whole),
        ratio("rate", "10 %", "10 %", measure="deaths", per_measure="cases", **whole,
              per_side="", per_place="land", per_period="2020"),
    ]  # fmt: skip
    found = json.loads(certified([dossier(claims, [])]))
    (conflict,) = found["texts"][0]["conflicts"]
    cases, deaths = "0", "1"
    assert conflict["sums"] == [{"readings": {}, "rows": [
        {"from": "cases", "times": "21", "cells": {cases: "1"}, "is": "<=", "number": "1003"},
        {"from": "deaths", "times": "200", "cells": {deaths: "1"}, "is": ">=", "number": "106"},
        {"from": "rate", "times": "200", "cells": {cases: "-21/200", deaths: "1"}, "is": "<=",
         "number": "-1/200000000000000"},
    ]}]  # fmt: skip
    assert verdict(found, tmp_path)[0] == 0


def test_without_any_one_of_its_rows_no_sum_of_the_article_is_accepted():
    # By hand, the first sum of its conflict-1, with a, b, c, d for the cells 0 to 3:
    #   lede        b + c - 5 a <= 0          once       -b - c + 5 a        >= 0
    #   lede        a >= 1                    30 times              30 a     >= 30
    #   bullet      b + c - 5 a - 5 d >= 0    once        b + c - 5 a - 5 d  >= 0
    #   assumption  d - 6 a >= 0              5 times        5 d - 30 a      >= 0
    # Added up every cell is gone, and 0 >= 30 is left.
    found = json.loads(certified([bk.read_dossier(DATA / "article")]))
    first = found["texts"][0]["conflicts"][0]["sums"][0]["rows"]
    assert [(row["from"], row["times"], row["number"]) for row in first] == [
        ("lede", "1", "0"), ("lede", "30", "1"), ("bullet-five-times", "1", "0"),
        ("wounded-per-killed-ukraine", "5", "0"),
    ]  # fmt: skip
    checker = runpy.run_path(str(CHECKER))
    assert not list(checker["faults"](found))
    for conflict in found["texts"][0]["conflicts"]:
        for one in conflict["sums"]:
            rows = one["rows"]
            for n in range(len(rows)):
                one["rows"] = rows[:n] + rows[n + 1 :]
                assert list(checker["faults"](found)), (conflict["conflict"], rows[n])
            one["rows"] = rows


@pytest.mark.parametrize("field", ["times", "number", "cells", "is", "from", "row"])
def test_the_checker_rejects_an_altered_sum(field, tmp_path):
    made = dossier([exactly("one", "100"), exactly("two", "120")])
    found = json.loads(certified([made]))
    rows = found["texts"][0]["conflicts"][0]["sums"][0]["rows"]
    assert {(r["from"], r["is"], r["number"]) for r in rows} == {
        ("one", "<=", "100"), ("two", ">=", "120"),
    }  # fmt: skip
    low = next(row for row in rows if row["is"] == ">=")
    altered = {"times": "2", "number": "100", "cells": {"0": "2"}, "is": "<=", "from": "three"}
    if field == "row":
        rows.remove(low)
    else:
        low[field] = altered[field]
    code, said = verdict(copy.deepcopy(found), tmp_path)
    assert code == 1 and "conflict-1" in said


def test_the_sums_are_written_onto_nothing_that_is_read(tmp_path, capsys):
    bk.write_dossier(dossier([exactly("a", "5")]), tmp_path / "story")
    table = tmp_path / "story" / "claims.csv"
    before = table.read_bytes()
    assert main(["check", str(tmp_path / "story"), "--certificate", str(table)]) == 2
    assert table.read_bytes() == before
    assert "which is read" in capsys.readouterr().err
