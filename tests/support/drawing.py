"""Dossiers drawn for the judge, and what it says otherwise than the package.

Drawn are stories that share no cell but the words of a voice, words three levels deep in
divisions that overlap, readings of single claims that change their figures, assumptions about
each piece that meet where no claim counts, periods that overlap in part, shares of shares, and
figures from 0 and 1 to 10**12. By hand: `python tests/fuzz stories 1000`.
"""

from __future__ import annotations

import random

from judge import Judge
from making import dossier, left_open, said_otherwise, term
from reducing import Tables, looked_at

import bakhmut as bk
from bakhmut.consistency.verbs import glance

TERMS = [
    term("measure", "lost", "killed", "dead"),
    term("measure", "lost", "killed + wounded", "all"),
    term("measure", "casualties", "killed + wounded", "narrow"),
    term("measure", "casualties", "killed + wounded + captured", "wide"),
    term("place", "Land", "East + West"),
    term("place", "Land", "Coast + ..."),
    term("place", "East", "City + ..."),
    term("place", "City", "Port + ..."),
    term("side", "Red", "Guards + ..."),
]
MEASURES = ["killed", "wounded", "captured", "lost", "casualties", "lost"]
PLACES = ["Land", "East", "City", "Port", "Coast", "West"]
APART = ["Island", "Cape"]
PERIODS = ["2022-01-01/2022-12-31", "2022-01-01/2022-06-30", "2022-04-01/2022-12-31"]
FIGURES = ["0", "1", "10", "100", "101", "120", "1000000000000"]
RATIOS = ["0", "0.5", "1", "2", "5"]


def drawn(draw: random.Random) -> Tables:
    """Return the tables of a dossier: two or three stories in the words of the same voices."""
    claims = []
    # So many voices that there are at most 64 combinations of the words of all.
    voices = draw.choice(["a", "ab", "ab", "abc"])
    for story in range(draw.choice([2, 2, 3])):
        side = draw.choice(["Red", "Red", "Guards", "Blue"])
        place = draw.choice(PLACES) if story == 0 else draw.choice([*APART, *PLACES])
        period = draw.choice(PERIODS)
        for _ in range(draw.randint(2, 4)):
            scope = {
                "side": side if draw.random() < 0.8 else draw.choice(["Red", "Guards"]),
                "measure": draw.choice(MEASURES),
                "place": place if draw.random() < 0.7 or place in APART else draw.choice(PLACES),
                "period": period if draw.random() < 0.7 else draw.choice(PERIODS),
            }
            claims.append(claim_of(draw, f"c{len(claims)}", draw.choice(voices), scope))
    readings = [row for claim in claims if draw.random() < 0.1 for row in _readings(draw, claim)]
    assumptions = _chain(draw) if draw.random() < 0.4 else []
    return {"claims": claims, "readings": readings, "assumptions": assumptions}


def claim_of(draw: random.Random, name: str, voice: str, scope: dict[str, str]) -> dict[str, str]:
    per = dict.fromkeys((f"per_{column}" for column in scope), "")
    figures = FIGURES
    if draw.random() < 0.3:
        figures = RATIOS
        per = {f"per_{column}": word for column, word in scope.items()}
        column = draw.choice(["per_side", "per_measure", "per_place"])
        other = {"per_side": ["Red", "Guards", "Blue"], "per_measure": MEASURES,
                 "per_place": PLACES}  # fmt: skip
        per[column] = draw.choice(other[column])
    low, high = sorted(draw.choices(figures, k=2), key=float)
    low, high = draw.choice([(low, low), (low, ""), ("", high), (low, high), (low, low)])
    return {"claim": name, "source": voice, **scope, **per, "hedge": "exact" if low == high else "",
            "low": low, "high": high}  # fmt: skip


def _readings(draw: random.Random, claim: dict[str, str]) -> list[dict[str, str]]:
    """Return two readings of a claim: as printed, and with each figure twice as large."""
    ends = [end for end in ("low", "high") if claim[end]]
    return [
        {"claim": claim["claim"], "reading": label, "field": end, "because": "test",
         "value": f"{float(claim[end]) * times:.15g}"}
        for label, times in (("as said", 1), ("twice", 2)) for end in ends
    ]  # fmt: skip


def _chain(draw: random.Random) -> list[dict[str, str]]:
    """Return assumptions about each piece that meet in a measure, counted or not."""
    each = {column: "each" for column in ("side", "place", "period")}
    each |= {f"per_{column}": "each" for column in each}
    between = draw.choice(["wounded", "sick"])
    links = [(between, "killed"), (between, "captured"), ("captured", between)]
    rows = []
    for n, (top, bottom) in enumerate(draw.sample(links, draw.randint(1, 2))):
        low, high = draw.choice([("2", ""), ("", "1"), ("0.5", "3"), ("", "3")])
        rows.append({"assumption": f"link{n}", "tier": "plausible", "measure": top,
                     "per_measure": bottom, "low": low, "high": high, "because": "test",
                     **each})  # fmt: skip
    return rows


def disagreement(tables: Tables) -> str:
    """Return in what the package says otherwise than the judge, "" where in nothing."""
    made = dossier(tables["claims"], TERMS, readings=tables["readings"],
                   assumptions=tables["assumptions"])  # fmt: skip
    check = bk.check(made)
    status, sets, holding = Judge(
        tables["claims"], TERMS, tables["readings"], tables["assumptions"]
    ).judge()
    found = "consistent" if check.status == "not-checkable" else check.status
    if left := left_open(check):
        return f"undecided: {left}"
    if (found, glance(made).status) != (status, check.status):
        return f"status {found}, at a glance {glance(made).status}; the judge: {status}"
    if told := said_otherwise(check, sets, holding):
        return told
    if (check.readings_consistent == 0) != (status == "contradiction"):
        return "no reading holds if and only if it is a contradiction"
    return _mended(tables, check)


def _mended(tables: Tables, check) -> str:
    """Return what is wrong with a correction: without its figures, so read, the rest must hold."""
    for row in check.corrections.itertuples():
        if row.group != 1 or row.kind == "voice" or check.corrections["group"].max() > 1:
            continue
        kept = [claim for claim in tables["claims"] if claim["claim"] not in row.gives]
        assumed = [one for one in tables["assumptions"] if one["assumption"] not in row.gives]
        judge = Judge(kept, TERMS, tables["readings"], assumed)
        if kept and all(map(judge.fails, judge.worlds())):
            return f"without {row.gives} something still fails under every reading"
    return ""


def tried(seed: int) -> str:
    """Return what is decided otherwise in the dossier of a seed, with its smallest part."""
    return looked_at(drawn(random.Random(seed)), disagreement)
