"""Every small case gives its right answer in all three places: terminal, JSON and page.

What is right is worked out by hand in `test_small` and `engine/test_small_cases`; here it is that
nobody is told otherwise anywhere. A conflict is a set of claims with its status.
"""

from __future__ import annotations

import io
import json
from contextlib import redirect_stdout
from functools import cache
from typing import NamedTuple

import pytest
from places import ROOT
from spoken import page_of

import bakhmut as bk
from bakhmut.__main__ import main
from bakhmut.findings.summary import examine

FOLDERS = (ROOT / "tests" / "whole" / "small", ROOT / "tests" / "engine" / "cases")
CONTRADICTION, UNLESS = "contradiction", "conflicts-with-assumption"
SOME = "contradiction-in-some-readings"


class Answer(NamedTuple):
    """What is right: the status, the sets that conflict, what is said first and what besides."""

    status: str
    sets: tuple[tuple[str, str], ...] = ()  # claims with blanks between, status
    first: str = ""
    says: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    flags: tuple[tuple[str, str], ...] = ()
    options: tuple[str, ...] = ()


_NO = "No, not as one account."
_NOT_SO = "No, not as they stand."
_YES = "Yes, print them together."
_APART = "These figures cannot be compared."
RIGHT = {
    # About ten is at the most twelve, about a million at the least 800,000.
    "about": Answer(
        CONTRADICTION,
        (("a b", CONTRADICTION),),
        _NO,
        ("Say whose each figure is: the sources differ.",),
    ),
    # 620 > 1.2 x 400; 2 x 620 > 1,100. 900 / 2 = 450 is above 420, and below 480.
    "karel": Answer(
        CONTRADICTION,
        (
            ("norland-karel norland-front", CONTRADICTION),
            ("norland-karel ratio-karel sardia-front", CONTRADICTION),
            ("norland-front ratio-karel sardia-karel", UNLESS),
        ),
        _NO,
        (
            "620 killed in Karel (Norland army spokesman) and about 400 killed",
            "Give up 620, and all else",
        ),
        ("nobody reports", "900 for Sardia", "Give up also"),
    ),
    # 557,000 + 606,000 = 1,163,000 is within 1.15 to 1.25 million.
    "net": Answer("consistent", first=_YES, flags=(("slip", "note"),)),
    # 33.4 + 33.4 + 33.3 = 100.1.
    "shares": Answer("consistent", first=_YES, flags=(("slip", "note"),)),
    # Less than 10.5 % of 1,003 are less than 105.315, and 106 are printed: 0.2 % each.
    "share": Answer(
        CONTRADICTION,
        (("cases deaths cfr", CONTRADICTION),),
        _NOT_SO,
        ("Give up 106, 10 % or 1,003",),
        flags=(("slip", "caution"),),
    ),
    # 60 + 41 = 101; 1 % of 100 or of 101 is 1, not 50.
    "give": Answer(
        CONTRADICTION,
        (
            ("total a b", CONTRADICTION),
            ("total share surplus", CONTRADICTION),
            ("a b share surplus", CONTRADICTION),
        ),
        _NOT_SO,
        ("Give up 50 or 1 %.", "And give up 100, 60 or 41, and all else can hold."),
    ),
    "twotexts": Answer(
        CONTRADICTION,
        (("a b", CONTRADICTION),),
        "In 1 of 2 texts the figures do not fit as worded.",
        ("One: Say whose each figure is: the sources differ.",),
    ),
    # Two days of one toll: only if the first was counted once and for all.
    "toll": Answer(
        UNLESS,
        (("a b", UNLESS),),
        _YES,
        ("unless nothing was added or corrected between the days",),
        ("at odds with itself",),
    ),
    # 68 > 67, by two recorders of two things.
    "slip2": Answer(CONTRADICTION, (("a b", CONTRADICTION),), _NO),
    "inter": Answer(
        CONTRADICTION,
        (("a b", CONTRADICTION),),
        _NOT_SO,
        ("Give up 7 or 5",),
        flags=(("interested-source", "caution"),),
    ),
    "unn": Answer(
        CONTRADICTION,
        (("a b c", CONTRADICTION),),
        _NO,
        flags=(("unnamed-source", "caution"),),
    ),
    "fp": Answer("not-checkable", first=_APART),
    # As estimated 5 is 4 to 6; 20 is 16 to 24; over 88; up to 29 and up to 8; 24 or more.
    "hedges": Answer(
        CONTRADICTION,
        (
            *((pair, CONTRADICTION) for pair in ("a b", "a c", "a h", "b c", "b g", "c e")),
            *((pair, CONTRADICTION) for pair in ("c g", "g h")),
            ("b h", UNLESS),
        ),
        _NOT_SO,
        ("Give up just over 88.", "And give up about 20, and all else can hold."),
    ),
    "ratio9": Answer("not-checkable", first=_APART, silent=("0.9 to 1", "90 % to 1")),
    # 377,000 x (0.695 + 0.395 - 1) = 33,930; 377,000 x 0.405 = 152,685.
    "ask": Answer(
        "consistent",
        first="Implied for small children, direct deaths: 33,930 to 152,685.",
        says=("the 3 figures compared can all be true",),
    ),
    "unscoped": Answer("not-checkable", first=_APART),
    "unlinked": Answer(
        CONTRADICTION,
        (("a b c d", CONTRADICTION), ("a b", SOME), ("c d", SOME)),
        _NO,
    ),
    "engine-3146": Answer(
        CONTRADICTION,
        (
            ("c0 c3 c4 c6 c8 c15", CONTRADICTION),
            ("c0", SOME),
            ("c3 c4 c6 c8 c15", SOME),
        ),
        _NOT_SO,
        options=("--together",),
    ),
    # Wounded are at least 3 x 100, and at most 2 x 10.
    "chained": Answer(
        UNLESS,
        (("k c", UNLESS),),
        _YES,
        (
            "They collide only if wounded per killed is taken to be at least 3 and wounded per "
            "captured is taken to be at most 2, which the text does not say.",
        ),
        ("each,",),
    ),
    # Nothing links two of the four to another: the first words are of the others only.
    "engine-crash": Answer(
        "consistent", first="Yes, as far as they were compared: 2 of 4 figures."
    ),
    # No finite error makes 8 killed none.
    "unattained": Answer(CONTRADICTION, (("a b", CONTRADICTION),), _NO, silent=("off by",)),
}


def path_of(name):
    return next(folder / name for folder in FOLDERS if (folder / name).is_dir())


@cache
def run(name, *options):
    """How `check` ends on a case, and what it prints; asked by two tests, it is run once."""
    out = io.StringIO()
    with redirect_stdout(out):
        code = main(["check", str(path_of(name)), *RIGHT[name].options, *options])
    return code, out.getvalue()


@pytest.mark.parametrize("name", RIGHT)
def test_the_terminal_gives_the_right_answer(name):
    right = RIGHT[name]
    code, shown = run(name)
    text = " ".join(shown.split())
    assert text.startswith(right.first)
    assert [said for said in right.says if said not in text] == []
    assert [said for said in right.silent if said in text] == []
    assert code == (right.status == CONTRADICTION)
    each = [status for _, status in right.sets]
    assert (f"{len(each)} conflict" in text) == bool(each)
    for status, words in ((CONTRADICTION, "under every reading"), (SOME, "under some readings")):
        assert text.count(words) == each.count(status)
    assert ("combinations of readings" in text) == (name in {"unlinked", "engine-3146"})


@pytest.mark.parametrize("name", RIGHT)
def test_json_gives_the_right_answer(name):
    right = RIGHT[name]
    code, shown = run(name, "--format", "json")
    said = json.loads(shown)
    assert (said["status"], code) == (right.status, right.status == CONTRADICTION)
    found = [(frozenset(one["claims"]), one["status"]) for one in said["conflicts"]]
    assert sorted(found, key=str) == sorted(
        ((frozenset(claims.split()), status) for claims, status in right.sets), key=str
    )
    brief = said["brief"]
    assert brief["headline"] == right.first
    words = json.dumps(brief, ensure_ascii=False)
    assert [s for s in right.says if s not in words] == []
    assert [s for s in right.silent if s in words] == []
    flags = [(flag["flag"], flag["severity"]) for flag in said["flags"]]
    if name not in {"karel", "unscoped", "ratio9", "unlinked", "engine-3146", "hedges"}:
        assert flags == list(right.flags)


@pytest.mark.parametrize("name", RIGHT)
def test_the_page_gives_the_right_answer(name):
    right = RIGHT[name]
    dossier, together = bk.read_dossier(path_of(name)), "--together" in right.options
    page = page_of(dossier, examine(dossier, together=together), together=together)
    verdict = page.find("p", class_="verdict")
    assert (verdict["data-status"], verdict.get_text(strip=True)) == (right.status, right.first)
    front = " ".join(page.find("section", class_="front").get_text(" ", strip=True).split())
    assert [said for said in right.says if said not in front] == []
    assert [said for said in right.silent if said in front] == []
    # Each conflict stands there with its badge, in the order of the JSON that lies in the page.
    inside = json.loads(page.find("script", id="check").string)
    badges = [tag["data-status"] for tag in page.select("#conflicts .badge")]
    assert badges == [one["status"] for one in inside["conflicts"]]
    assert sorted(badges) == sorted(status for _, status in right.sets)
    # And the JSON is that of the terminal, number by number.
    assert inside == json.loads(run(name, "--format", "json")[1])


def test_a_text_is_one_unit_on_the_terminal_in_json_and_on_the_page(capsys):
    # Of two texts one is at odds; together the three figures of one town are.
    every_two = {("a", "b"), ("a", "c"), ("b", "c")}
    assert main(["check", str(path_of("twotexts")), "--together", "--format", "json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert {tuple(one["claims"]) for one in said["conflicts"]} == every_two
    dossier = bk.read_dossier(path_of("twotexts"))
    page = page_of(dossier, examine(dossier, together=True), together=True)
    assert len(page.select("#conflicts .badge")) == 3
    assert "In 1 of 2 texts" not in page.get_text(" ")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("negative", "the hedge 'difference' and the per_ columns"),
        ("reversed", "the numbers of two recorders are two rows"),
        ("upto", "a ceiling stands here: move 183 from low"),
    ],
)
def test_a_case_that_is_refused_is_refused_in_one_message_a_row(name, said, capsys):
    assert main(["check", str(path_of(name))]) == 2
    caught = capsys.readouterr()
    assert not caught.out and said in caught.err
    *rows, how = caught.err.splitlines()
    assert rows and all(line.startswith("claims.csv, row ") for line in rows)
    assert how.startswith("How to code it, with worked rows: ")
