"""How the figures of a text could be worded otherwise: what the flags on wording propose.

Each proposal is an edit that a desk could make with what is in the tables: a hedge put back that
stands in the original or in another statement of the same voice, one measure throughout, *n times
as many* for *n times more*, a period named that the same voice names.
None adds a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from bakhmut.base.sentences import listed, quoted
from bakhmut.base.words import spelled
from bakhmut.dossier.changed.edits import Edit, Tables, rebuilt, tables_of
from bakhmut.dossier.claims import DATA, Dossier
from bakhmut.dossier.derived import roots
from bakhmut.dossier.doors.frames import tuples_of
from bakhmut.dossier.doors.opening import open_at
from bakhmut.dossier.fills import fill
from bakhmut.findings.advice.to_print import spoken
from bakhmut.findings.evidence import Evidence, Statement, gather
from bakhmut.findings.rules.hedges import dropped_hedge
from bakhmut.findings.rules.scope import rate_as_total
from bakhmut.findings.rules.wording import TIMES_MORE, metric_drift, mixed_measures, times_more
from bakhmut.meaning.interpretation import read

if TYPE_CHECKING:
    from bakhmut.consistency.verbs import Check

LATER = DATA / "later"
LINKED = ("repeats", "source")
OF_CLAIMS = ("claims", "readings")


class Proposal(NamedTuple):
    """An edit, what is the matter (a clause without its full stop), whose words are printed.

    `meaning` is what a word is said to mean; `kind` what is changed (hedge, times, measure, period,
    reading).
    """

    edit: Edit
    problem: str
    claim: str
    meaning: str = ""
    kind: str = ""


def proposals(evidence: Evidence, beside: Dossier | None = None) -> list[Proposal]:
    """Return what could be worded otherwise, what changes least first.

    Parameters
    ----------
    evidence
        A dossier's statements.
    beside
        A dossier with the statements that this one restates, where it has them not itself.
    """
    found = [
        *_hedges_put_back(evidence, beside),
        *_usual_wording(evidence),
        *_one_measure(evidence),
        *_period_named(evidence),
        *_rate_named(evidence),
    ]
    return list({_cells(one.edit): one for one in reversed(found)}.values())[::-1]


def _cells(edit: Edit) -> tuple:
    return tuple(sorted((claim, *sorted(cells.items())) for claim, cells in edit.cells.items()))


# -- what the same voice says elsewhere ---------------------------------------------------


def originals(dossier: Dossier) -> Dossier | None:
    """Return what the voices of a text say in the shipped later dossier, where it is one of its.

    Its claims are then there word for word. Where it is another text, None.
    """
    later = _later()
    quotes = {row["claim"]: row["quote"] for row in later["claims"]}
    own = zip(dossier.claims["claim"], dossier.claims["quote"], strict=True)
    here = [claim for claim, quote in own if quotes.get(claim) == quote]
    if not here:
        return None
    root = roots({name: [row[name] for row in later["claims"]] for name in ("claim", "repeats")})
    voices = {root[claim] for claim in here}
    kept = {claim for claim, first in root.items() if first in voices}
    of_them = {name: [r for r in later[name] if r["claim"] in kept] for name in OF_CLAIMS}
    return rebuilt({**later, **of_them})


@lru_cache(maxsize=1)
def _later() -> Tables:
    """Return its rows; what of them is used is checked then."""
    tables = open_at(LATER).tables
    fill(tables["claims"])
    names = (*OF_CLAIMS, "sources")
    return {name: [row for _, row in tables[name].records()] for name in names}


def with_originals(dossier: Dossier, beside: Dossier | None) -> Dossier:
    """Return a text together with the other statements of its voices that stand in `beside`."""
    if beside is None:
        return dossier
    root, own = roots(beside.claims), set(dossier.claims["claim"])
    there = beside.claims.set_index("claim")
    quotes = dict(zip(dossier.claims["claim"], dossier.claims["quote"], strict=True))
    same = {claim for claim in own & set(there.index) if there.at[claim, "quote"] == quotes[claim]}
    wanted = {root[claim] for claim in same}
    more = {claim for claim, first in root.items() if first in wanted} - own
    if not more:
        return dossier
    tables, theirs = tables_of(dossier), tables_of(beside)
    links = {row["claim"]: {name: row[name] for name in LINKED} for row in theirs["claims"]}
    # What comes first is taken for the original.
    tables["claims"] = [
        *(row for row in theirs["claims"] if row["claim"] in more),
        *({**row, **links[row["claim"]]} if row["claim"] in same else row
          for row in tables["claims"]),
    ]  # fmt: skip
    tables["readings"] += [row for row in theirs["readings"] if row["claim"] in more]
    named = {row["source"] for row in tables["sources"]}
    tables["sources"] += [row for row in theirs["sources"] if row["source"] not in named]
    return rebuilt(tables, dossier.name)


def _hedges_put_back(evidence: Evidence, beside: Dossier | None) -> Iterator[Proposal]:
    whole = with_originals(evidence.dossier, beside)
    said = evidence if whole is evidence.dossier else gather(read(whole))
    for finding in dropped_hedge(said):
        for edit in finding.edits:
            bare = [claim for claim in edit.cells if claim in evidence.statements]
            if not bare:
                continue
            hedge = edit.cells[bare[0]]["hedge"]
            full = [
                said.statements[claim]
                for claim in finding.claims
                if "; ".join(said.statements[claim].hedges) == hedge
            ]
            own = Edit(edit.label, {claim: edit.cells[claim] for claim in bare})
            yield Proposal(own, _where_it_stands(evidence, full, bare), bare[0], kind="hedge")


def _where_it_stands(evidence: Evidence, full: list[Statement], bare: list[str]) -> str:
    """Return where a hedge stands and where it is dropped."""
    here = [s for s in full if s.claim in evidence.statements]
    if here:
        words = {evidence.statements[claim].said for claim in bare} - {here[0].said}
        verb = "drops" if len(words) == 1 else "drop"
        others = listed(sorted(words), most=2) or "another statement"
        return f"{here[0].said} says {quoted(spoken(here[0]))}; {others} {verb} that"
    outlets = len({s.text for s in full})
    who = "other outlets relay" if outlets > 1 else "another outlet relays"
    return f"{who} {quoted(spoken(full[0]))}. The text drops it"


# -- what is counted ----------------------------------------------------------------------


def _usual_wording(evidence: Evidence) -> Iterator[Proposal]:
    for finding in times_more(evidence):
        (claim,) = finding.claims
        statement = evidence.statements[claim]
        said = TIMES_MORE.search(statement.quote)
        numbers = [edit.cells[claim]["low"] for edit in finding.edits]
        for edit in finding.edits[:1]:
            more = quoted(f"{spoken(statement)} {said.group() if said else ''}")
            problem = f"{more} can be taken as {' or '.join(numbers)} times as many"
            yield Proposal(edit, problem, claim, kind="times")


def _one_measure(evidence: Evidence) -> Iterator[Proposal]:
    for finding in metric_drift(evidence):
        for edit in filter(partial(leaves_what_is_plain, evidence), finding.edits):
            yield Proposal(
                edit, drift(evidence, finding.claims), _worded(evidence, edit), kind="measure"
            )
    for finding in mixed_measures(evidence):
        first = evidence.statements[finding.claims[0]]
        for edit in filter(partial(leaves_what_is_plain, evidence), finding.edits):
            problem = f"{quoted(first.measure)} is set against {quoted(first.per_measure)}"
            yield Proposal(edit, problem, first.claim, kind="measure")


def leaves_what_is_plain(evidence: Evidence, edit: Edit) -> bool:
    """Return whether an edit sets other measures only for words that may mean several things.

    Who says *killed and wounded* has said what is counted; *casualties* may be several things.
    No word is taken away.
    """
    return all(
        cells.get(column, word) == word or (cells[column] and len(means) > 1)
        for claim, cells in edit.cells.items()
        for s in [evidence.statements[claim]]
        for column, word, means in (
            ("measure", s.measure, s.measures),
            ("per_measure", s.per_measure, s.per_measures),
        )
    )


def drift(evidence: Evidence, claims: Iterable[str]) -> str:
    """Return that one voice counts several things, in words."""
    words = list(dict.fromkeys(evidence.statements[claim].measure for claim in claims))
    if len(words) < 2:
        pairs = (evidence.statements[claim] for claim in claims)
        words = list(dict.fromkeys(f"{s.measure} per {s.per_measure}" for s in pairs))
    return f"one voice counts {spelled(len(words))} things: {', '.join(words)}"


def _worded(evidence: Evidence, edit: Edit) -> str:
    """Return the first claim that is worded already as an edit words all, else the first."""
    for claim, cells in edit.cells.items():
        own = evidence.statements[claim]._asdict()
        if own["printed"] != ("", "") and all(
            own.get(name) == cell for name, cell in cells.items()
        ):
            return claim
    return next(iter(edit.cells))


def _period_named(evidence: Evidence) -> Iterator[Proposal]:
    for group in evidence.groups:
        named = [s for s in group if s.period and s.has_number]
        silent = [s for s in group if not s.period and s.has_number]
        if not named or not silent:
            continue
        period = named[0].period
        cells = {
            s.claim: {"period": period} | ({"per_period": period} if s.kind == "ratio" else {})
            for s in silent
        }
        problem = f"{named[0].said} names its period, {listed(s.said for s in silent)} does not"
        yield Proposal(Edit("with its period", cells), problem, silent[0].claim, kind="period")


def _rate_named(evidence: Evidence) -> Iterator[Proposal]:
    for finding in rate_as_total(evidence):
        (claim,), (edit,) = finding.claims, finding.edits
        yield Proposal(edit, finding.because.removesuffix("."), claim, kind="period")


# -- what a word is said to mean ----------------------------------------------------------


def as_read(
    evidence: Evidence, readings: Mapping[str, str], check: Check, *, dossier: Dossier
) -> list[Proposal]:
    """Return an edit for each word or figure that has to be read in one way.

    `readings` are those of a row of `correct`: the name of a choice and how it is read; `dossier`
    is the one that it is about, as it is worded by then.
    """
    chosen = check.variables[check.variables["variable"].isin(list(readings))]
    found = []
    for one in tuples_of(chosen):
        label = readings[one.variable]
        is_word = one.kind == "term"
        make = _word_read if is_word else _figure_read
        cells, meaning = make(dossier, one, label)
        word = quoted(one.word) if is_word else evidence.statements[one.claims[0]].said
        several = check.variables["word"].eq(one.word).sum() > 1 and is_word and one.origin
        user = f", as {one.origin} uses it," if several else ""
        problem = f"{word}{user} can be read in {spelled(len(one.readings))} ways"
        claim = next(iter(cells), one.claims[0])
        edit = Edit(f"with {word} as {meaning}", cells)
        found.append(Proposal(edit, problem, claim, meaning, kind="reading"))
    return found


def _figure_read(dossier: Dossier, one: Any, label: str) -> tuple[dict, str]:
    rows = dossier.readings
    own = rows[rows["claim"].eq(one.claims[0]) & rows["reading"].eq(label)]
    return {one.claims[0]: dict(zip(own["field"], own["value"], strict=True))}, label


def _word_read(dossier: Dossier, one: Any, label: str) -> tuple[dict, str]:
    """Return the cells in which a word stands, set to what it means; and that in words."""
    terms = dossier.terms
    named = terms[terms["term"].eq(one.word)]
    row = named[named["reading"].eq(label)].iloc[0]
    # Other words for it (*losses*, where *losses* means *lost*) are read as it is.
    same = terms[terms["kind"].eq(row["kind"]) & terms["means"].eq(one.word)]["term"]
    words, columns = {one.word, *same}, (row["kind"], f"per_{row['kind']}")
    claims = dossier.claims.set_index("claim")
    cells = {
        claim: {c: row["means"] for c in columns if claims.at[claim, c] in words}
        for claim in one.claims
    }
    return {c: own for c, own in cells.items() if own}, row["means"].replace(" + ", " and ")
