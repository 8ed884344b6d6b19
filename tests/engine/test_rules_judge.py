"""The verdict against a judge of all its rules, and the same verdict on each way in.

`make fuzz` tries 500 of these, and 12 of 20 to 40 claims.
"""

from __future__ import annotations

import random

import pytest
from reducing import TOO_LONG
from ruled import drawn, same_ways_in, tried
from rules import stands


@pytest.mark.parametrize("first", range(0, 60, 3))
def test_what_is_decided_by_all_rules_is_what_the_judge_decides(first):
    said = [tried(seed) for seed in range(first, first + 3)]
    assert [one for one in said if one not in ("", TOO_LONG)] == []


@pytest.mark.parametrize("seed", range(1000, 1010))
def test_each_way_in_gives_the_same_premises(seed):
    assert same_ways_in(drawn(random.Random(seed))) == ""


@pytest.mark.parametrize(
    ("low", "high", "hedge", "far"),
    [
        ("12,100", "12,100", "", (12_050, 12_150, False)),
        ("12,000", "12,000", "", (11_700, 12_300, False)),  # a unit of 5 %
        ("400", "400", "about", (320, 480, True)),
        ("30", "", "more than", (31, None, True)),
        ("", "30", "under", (None, 29, True)),
        ("88", "88", "just over", (89, 92.4, True)),
    ],
)
def test_the_judge_reads_figures_as_the_codebook_says(low, high, hedge, far):
    found = stands({"low": low, "high": high, "hedge": hedge}).far
    assert tuple(float(end) if end is not None else None for end in found[:2]) == far[:2]
    assert found[2] == far[2]
