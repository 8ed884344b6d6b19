"""Where a limit is reached the engine says less and says so: never more than the judge says."""

from __future__ import annotations

import random
from functools import cache

import pytest
from making import dossier, every_reading
from oracle import Oracle
from test_engine_oracle import TERMS, by_claims, drawn_assumptions, drawn_claims

import bakhmut as bk
from bakhmut.engine import conflicts
from bakhmut.engine.status import STATUSES

LOWERED = {
    "work": {"conflicts.MOST_WORK": 1},
    "branches of the search": {"conflicts.MOST_STEPS": 1},
    "culprits": {"conflicts.MOST_WORK": 1, "conflicts.MOST_CULPRITS": 0},
    "combinations of readings": {"verdicts.MOST_COMBINATIONS": 1},
    "readings confirmed": {"conflicts.MOST_WORK": 1, "verdicts.MOST_CONFIRMED": 1},
    "steps of a count": {"worlds.MOST_STEPS": 0},
    "ways to fail in each reading": {"conflicts.MOST_CORRECTIONS": 1},
    "combinations bounded one by one": {"bounds.MOST_WORLDS": 1},
}
LOWERED["all of them"] = {name: most for one in LOWERED.values() for name, most in one.items()}


@cache
def judged(seed):
    """Return a dossier of four to seven claims, and what the judge says of it."""
    draw = random.Random(seed)
    rows = drawn_claims(draw) + [row | {"claim": f"d{row['claim']}"} for row in drawn_claims(draw)]
    rows, assumed = rows[:7], drawn_assumptions(draw)
    judge = Oracle(rows, assumed).judge()
    return dossier(rows, TERMS, assumptions=assumed), judge


@pytest.mark.parametrize("limits", LOWERED.values(), ids=LOWERED)
def test_at_a_limit_no_more_is_said_than_the_judge_says_and_what_is_left_out_is_told(
    limits, monkeypatch
):
    for name, most in limits.items():
        monkeypatch.setattr(f"bakhmut.engine.{name}", most)
    told = 0
    for seed in range(50):
        made, (status, every, consistent) = judged(seed)
        check = bk.check(made)
        found = "consistent" if check.status == "not-checkable" else check.status
        listed = by_claims(check.conflicts)
        assert listed <= every, seed  # each is one of the smallest that the judge knows
        assert found == "undecided" or STATUSES.index(found) >= STATUSES.index(status), seed
        if (found, listed, every_reading(check)) != (status, every, consistent):
            assert check.undecided, seed
        told += bool(check.undecided)
    assert told > 0 or limits.keys() == {"verdicts.MOST_COMBINATIONS"}  # that one costs no answer


def test_where_not_all_sets_are_searched_for_each_has_a_culprit_and_each_culprit_a_set(monkeypatch):
    taken: set[str] = set()
    search = conflicts._culprits

    def culprits(solver, found):
        literals = search(solver, found)
        named = conflicts.claims_of(solver.system, literals)
        listed = (conflicts.claims_of(solver.system, one) for one in found.conflicts)
        assert named <= frozenset().union(*listed)
        taken.update(solver.system.premises[n].name for n in named)
        return literals

    monkeypatch.setattr(conflicts, "MOST_WORK", 1)
    monkeypatch.setattr(conflicts, "_culprits", culprits)
    missing = 0
    for seed in range(120):
        made, (_, every, _) = judged(seed)
        taken.clear()
        listed = by_claims(bk.check(made).conflicts)
        # What the judge lists beyond is of figures without which all others can be true.
        assert all(one in listed or one & taken for one in every), seed
        missing += len(every - listed)
    assert missing
