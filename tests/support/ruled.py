"""Dossiers drawn with all that the verdict has rules for, judged; and each way to hand them over.

To the stories of `drawing` come hedges, figures rounded to their last digit, tolls of several
days, what was taken back, readings that are marked as usual, and up to 40 claims. Each is decided
as the judge (`rules`) does: status, sets, worlds that hold, the status of usual readings, the
smallest change, thresholds, bounds. By hand: `python tests/fuzz rules 500`.
"""

from __future__ import annotations

import random
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from importlib.util import find_spec
from pathlib import Path

import drawing
import pandas as pd
from drawing import TERMS
from making import dossier, left_open, said_otherwise
from reducing import TOO_LONG, Tables, looked_at
from rules import ABOUT, ONCE, Rules, number

import bakhmut as bk
from bakhmut.consistency.verbs import glance
from bakhmut.dossier.claims import Dossier, DossierError
from bakhmut.engine.status import STATUS
from bakhmut.meaning.readings import claim_premises
from bakhmut.meaning.vocabulary import Vocabulary

COUNTS = ["12,100", "12,149", "12,000", "24,100", "0.012 million", "1.2 million", "100", "101"]
SHARES = ["50 %", "33.4 %", "10 %", "0.5", "1.5", "2"]
HEDGES = ["about", "at least", "more than", "up to", "under", "nearly", "just over", "so far",
          "may", "± 5 %", "± 10"]  # fmt: skip
SECONDS = 60
LARGE = 20


class TooLong(Exception):
    """The judge took longer than it is given."""


def drawn(draw: random.Random, claims: int = 0) -> Tables:
    """Return the tables of a dossier, of about so many claims (0: of four to twelve)."""
    tables = drawing.drawn(draw)
    while len(tables["claims"]) < claims:
        more = drawing.drawn(draw)["claims"]
        shift = len(tables["claims"])
        tables["claims"] += [{**row, "claim": f"c{shift + n}"} for n, row in enumerate(more)]
    tables["claims"] = tables["claims"][: claims or None]
    known = {row["claim"] for row in tables["claims"]}
    own = {row["claim"] for row in tables["readings"]}
    tables["readings"] = [row for row in tables["readings"] if row["claim"] in known]
    tables["claims"] = [row if row["claim"] in own else _ruled(draw, row)
                        for row in tables["claims"]]  # fmt: skip
    for row in list(tables["claims"]):
        if not row["per_measure"] and row["claim"] not in own and draw.random() < 0.15:
            later = {"claim": f"{row['claim']}b", "published": "2023-02-01"}
            row["published"] = "2023-01-01"
            tables["claims"].append({**row, **_figure(draw, is_count=True), **later})
    return {**tables, "terms": _terms(draw)}


def _ruled(draw: random.Random, row: dict[str, str]) -> dict[str, str]:
    row = {**row, "published": "", "standing": ""}
    if draw.random() < 0.6:
        row |= _figure(draw, is_count=not row["per_measure"])
    if draw.random() < 0.07:
        row["standing"] = draw.choice(["withdrawn", "corrected", "denied"])
    return row


def _figure(draw: random.Random, *, is_count: bool) -> dict[str, str]:
    """Return the hedge and the ends of a figure."""
    figure = draw.choice(COUNTS if is_count else SHARES)
    hedge = draw.choice(["", "", *HEDGES])
    if hedge.startswith("±") and figure.endswith("%"):
        hedge = "about"
    low = "" if hedge in ("up to", "under") else figure
    high = "" if hedge in ("at least", "more than", "so far") else figure
    return {"hedge": hedge, "low": low, "high": high}


def _terms(draw: random.Random) -> list[dict[str, str]]:
    if draw.random() < 0.5:
        return TERMS
    usual = {("lost", "all"), ("casualties", "narrow")}
    return [{**row, "usual": "yes" * ((row["term"], row["reading"]) in usual)} for row in TERMS]


def asked(draw: random.Random) -> dict[str, str]:
    """Return a scope to bound."""
    return {
        "side": draw.choice(["Red", "Guards"]),
        "measure": draw.choice(["killed", "wounded"]),
        "place": draw.choice(drawing.PLACES),
        "period": draw.choice(drawing.PERIODS),
    }


# -- the judge and the package ---------------------------------------------------------------


@contextmanager
def at_most(seconds: int) -> Iterator[None]:
    """Stop the judge, whose sets can be too many, after so long."""

    late = False

    def stop(*_: object) -> None:
        nonlocal late
        late = True
        raise TooLong

    before = signal.signal(signal.SIGALRM, stop)
    # Again and again: raised while something is cleared away, it is lost.
    signal.setitimer(signal.ITIMER_REAL, seconds, 1)
    try:
        yield
    except Exception as error:
        if late:  # raised within a call of z3's it comes as another error
            raise TooLong from error
        raise
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def made_of(tables: Tables) -> Dossier:
    """Return the dossier of some tables."""
    rest = {name: tables[name] for name in ("readings", "assumptions")}
    return dossier(tables["claims"], tables["terms"], **rest)


def disagreement(tables: Tables, question: dict[str, str] | None = None) -> str:
    """Return in what the package says otherwise than the judge, "" where in nothing."""
    made = made_of(tables)
    check = bk.check(made)
    if left := left_open(check):  # of many claims that is an answer, too
        return "" if len(tables["claims"]) >= LARGE else f"undecided: {left}"
    given = [tables[name] for name in ("claims", "terms", "readings", "assumptions")]
    judge = Rules(*given)
    status, sets, holding, as_usual = judge.judge()
    found = "consistent" if check.status == "not-checkable" else check.status
    if (found, glance(made).status) != (status, check.status):
        return f"status {found}, at a glance {glance(made).status}; the judge: {status}"
    if told := said_otherwise(check, sets, holding, without={ABOUT, ONCE}):
        return told
    notes = check.notes[check.notes["note"].eq("usual")]["because"]
    usual = next((n for n in STATUS if any(STATUS[n].sentence in said for said in notes)), "")
    if as_usual and usual != as_usual:
        return f"as usual {usual or 'nothing'}; the judge: {as_usual}"
    wrong = _changes(check, judge) or _thresholds(tables, check)
    return wrong or _bounds(made, given, question, holds=bool(holding))


def _changes(check, judge: Rules) -> str:
    """Return what is wrong with the smallest change."""
    if check.corrections.empty or len(check.corrections["group"].unique()) > 4:
        return ""
    rows = check.corrections[check.corrections["kind"] != "voice"].drop_duplicates("group")
    names = {row["claim"] for row in judge.claims}
    # Of stories apart each is mended by itself; an assumption of all of them gives once.
    given = list(dict.fromkeys(name for gives in rows["gives"] for name in gives))
    claims = sum(name in names for name in given)
    least = judge.least_change()
    if least is not None and (claims, len(given) - claims) != least:
        return f"gives {given}; the judge: {least} claims and assumptions"
    return ""


def _thresholds(tables: Tables, check) -> str:
    """Return what is wrong with a threshold: there the set holds, a little nearer it fails."""
    for row in check.conflicts.itertuples():
        # Where another reading saves the set it holds whatever is assumed.
        for one in row.thresholds if not row.readings_hold else ():
            named = [a for a in tables["assumptions"] if a["assumption"] == one["assumption"]]
            if not named or "/" in one["exact"]:
                continue
            (assumption,) = named
            value = Fraction(one["exact"])
            nearer = value + (Fraction(assumption[one["bound"]]) - value) / 10**4
            holds = [_holds(tables, row, assumption, one["bound"], end) for end in (value, nearer)]
            if holds != [True, False]:
                return f"{one} of {row.claims}: {holds}"
    return ""


def _holds(tables: Tables, row, assumption: dict, bound: str, value: Fraction) -> bool:
    other = {**assumption, bound: f"{float(value):.15g}"}
    claims = [claim for claim in tables["claims"] if claim["claim"] in row.claims]
    assumed = [
        other if a["assumption"] == assumption["assumption"] else a
        for a in tables["assumptions"]
        if a["assumption"] in row.assumptions
    ]
    readings = [r for r in tables["readings"] if r["claim"] in row.claims]
    judge = Rules(claims, tables["terms"], readings, assumed)
    ours = set(row.assumptions) & {ABOUT, ONCE}
    return any(
        not any(not extra or extra <= ours for _, extra in sets) for _, sets in judge.decided()
    )


def _bounds(made: Dossier, given: list, question: dict[str, str] | None, *, holds: bool) -> str:
    """Return what is wrong with what the claims imply for a scope."""
    if question is None:
        return ""
    try:
        found = bk.bound(made, **question)
    except DossierError as error:
        if "more than are bounded one by one" in str(error):
            return ""  # a limit that is said is an answer, too
        raise
    own = tuple(found[found["reading"].map(len).eq(0)].iloc[0][["low_exact", "high_exact"]])
    claims, terms, readings, _ = given
    # Where no reading of all claims holds, an earlier count of a toll included, nothing follows.
    implied = Rules(claims, terms, readings, (), question).bounds() if holds else None
    said = ("nothing holds",) * 2 if implied is None else tuple(
        "" if end is None else str(end) for end in implied
    )  # fmt: skip
    return "" if own == said else f"bounds of {question}: {own}; the judge: {said}"


# -- each way in -----------------------------------------------------------------------------


def ways_in(tables: Tables, folder: Path) -> Iterator[tuple[str, Dossier]]:
    """Yield a dossier handed over in each way: tables, a workbook, frames of any type."""
    made = made_of(tables)
    yield "rows", made
    bk.write_dossier(made, folder / "tables")
    yield "CSV", bk.read_dossier(folder / "tables")
    bk.write_dossier(made, folder / "made.xlsx")
    yield "workbook", bk.read_dossier(folder / "made.xlsx")
    rest = {name: pd.DataFrame(rows) for name, rows in tables.items() if name != "claims" and rows}
    rest |= {"readings": pd.DataFrame(tables["readings"], columns=list(READINGS))}
    rest |= {"assumptions": rest.get("assumptions", pd.DataFrame(columns=list(ASSUMPTIONS)))}
    texts = pd.DataFrame(tables["claims"])
    for name, kind in (("ints", int), ("floats", float)):
        frame = texts.assign(**{end: [_typed(t, kind) for t in texts[end]] for end in ENDS})
        yield name, bk.build_dossier({"claims": frame, **rest})
        yield f"{name}, nullable", bk.build_dossier({"claims": frame.convert_dtypes(), **rest})
    if find_spec("pyarrow"):  # which the package does not need
        arrow = texts.convert_dtypes(dtype_backend="pyarrow")
        yield "pyarrow", bk.build_dossier({"claims": arrow, **rest})
    yield "strings", bk.build_dossier({"claims": texts.astype("string"), **rest})


ENDS = ("low", "high")
READINGS = ("claim", "reading", "field", "value", "because")
ASSUMPTIONS = ("assumption", "tier", "side", "measure", "low", "high", "because")


def _typed(text: str, kind: type) -> object:
    """Return a whole number as one of a type, what is not one as it is, a blank as none."""
    return kind(text) if text.isdecimal() else text or None


def same_ways_in(tables: Tables) -> str:
    """Return which way in gives other premises, "" where none does: the verdict follows alone."""
    with tempfile.TemporaryDirectory() as folder:
        first = None
        for name, made in ways_in(tables, Path(folder)):
            premises = claim_premises(made, Vocabulary(made.terms))
            first = first or premises
            if premises != first:
                return f"as {name} the claims mean otherwise"
    return ""


def tried(seed: int, *, large: bool = False) -> str:
    """Return what is decided otherwise in the dossier of a seed, with its smallest part."""
    draw = random.Random(seed)
    tables = drawn(draw, draw.randint(LARGE, 2 * LARGE) if large else 0)
    question = asked(draw)

    def wrong(smaller: Tables) -> str:
        try:
            with at_most(SECONDS):
                return disagreement(smaller, question)
        except TooLong:
            return TOO_LONG

    said = looked_at(tables, wrong) or looked_at(tables, same_ways_in)
    return f"{said}\n  {question}" if said not in ("", TOO_LONG) else said


__all__ = ["disagreement", "drawn", "number", "same_ways_in", "tried"]
