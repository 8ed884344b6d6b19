"""The smallest change of wording after which nothing conflicts, as sentences to print instead.

What the flags on wording propose (`proposals`) is tried, one edit, two, three, and the dossier
decided again after each set. What is linked by conflicts is mended by itself. Where no wording
helps, it is said so, with the figure without which the rest holds (`correct`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, islice
from typing import NamedTuple

import pandas as pd

from bakhmut.base.sentences import first_words, listed, quoted
from bakhmut.base.words import gone_of, spelled
from bakhmut.consistency.verbs import Check
from bakhmut.dossier.changed.edits import AS_PRINTED, Edit, layered
from bakhmut.dossier.claims import Dossier
from bakhmut.dossier.parsing.printed import number_in
from bakhmut.engine.status import AT_ODDS, BY_DEFINITION
from bakhmut.findings.advice.beyond import Given, beyond_wording
from bakhmut.findings.advice.proposals import (
    Proposal,
    drift,
    leaves_what_is_plain,
    originals,
    proposals,
)
from bakhmut.findings.advice.to_print import sentence
from bakhmut.findings.evidence import Evidence, Statement, evidence_of
from bakhmut.findings.severity import Conflicts, Found, Weigher, weigher_of

COLUMNS = ["claim", "problem", "write", "effect", "edits", "rank"]
MOST_EDITS = 3
MOST_TRIED = 120
MOST_PROPOSED = 12
# So many claims of one tangle of conflicts are decided again and again in no time to wait for.
MOST_LINKED = 30
MEANT = "If"  # how the effect begins of an edit that holds only where a word is meant so
MOST_NAMED, MOST_LISTED = 3, 4
UNHELPED = "No other wording helps."
UNTRIED = "So many figures hang together that no other wording was tried."


class _Mended(NamedTuple):
    """A set of proposals and the conflicts that are left with it."""

    chosen: tuple[Proposal, ...]
    left: Found


def fixes(
    dossier: Dossier,
    check: Check | None = None,
    *,
    assume: Iterable[str] = (),
    beside: Dossier | None = None,
) -> pd.DataFrame:
    """Return the smallest set of edits after which nothing conflicts, a row an edit.

    Parameters
    ----------
    dossier : Dossier
    check : Check, optional
        The check of the same dossier; made here where it is not given.
    assume : names
        What-if assumptions in force, as they were for the check.
    beside : Dossier, optional
        A dossier with the statements that this one restates: there a hedge may stand that was
        lost on the way. By default the shipped later one, for a text that is one of its texts.

    Returns
    -------
    DataFrame
        `claim` (whose words are to be changed), `problem` (what is the matter), `write` (the
        sentence to print instead, "" where there is none), `effect` (what acting on it changes),
        `edits` (a `dossier.changed.edits.Edit`: cells set or claims left out), `rank` (from 1; in
        this order the effects add up). No row where nothing conflicts or nothing helps.

    Notes
    -----
    `write` is put together by one template (`findings.advice.to_print`) from the tables alone.
    """
    names = tuple(assume)
    return fixed(evidence_of(dossier, check, assume=names), assume=names, beside=beside)


def fixed(
    evidence: Evidence, *, assume: tuple[str, ...] = (), beside: Dossier | None = None
) -> pd.DataFrame:
    """Return the fixes of a dossier whose evidence is at hand, with its check (see `fixes`)."""
    weigher = weigher_of(evidence, assume)
    check = weigher.check
    at_odds = check.sets[check.sets["status"].isin(AT_ODDS)]
    if at_odds.empty:
        return pd.DataFrame([], columns=COLUMNS)
    beside = originals(evidence.dossier) if beside is None else beside
    offered = proposals(evidence, beside)
    chosen: list[Proposal] = []
    tangles = _linked(at_odds["claims"])
    untried = {claim for claims in tangles if len(claims) > MOST_LINKED for claim in claims}
    for claims in (one for one in tangles if untried.isdisjoint(one)):
        fitting = [one for one in offered if merged([p.edit for p in (*chosen, one)])]
        chosen = _helping(weigher, chosen, _smallest(weigher, claims, fitting), untried)
    tried = {claim for claims in tangles for claim in claims} - untried
    every = frozenset(tried if untried else weigher.premises)
    rows = [
        *_worded(weigher, chosen, every), *_beyond_wording(weigher, chosen, every, untried)
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=COLUMNS[:-1])
    return frame.assign(rank=range(1, len(frame) + 1))


def merged(edits: Sequence[Edit]) -> Edit | None:
    """Return several edits as one, None where they set a cell differently."""
    known: dict[tuple[str, str], str] = {}
    for edit in edits:
        for claim, own in edit.cells.items():
            for name, cell in own.items():
                if known.setdefault((claim, name), cell) != cell:
                    return None
    return layered(edits)


# -- the search ----------------------------------------------------------------------------


def _linked(sets: Iterable[Sequence[str]]) -> list[list[str]]:
    """Return the claims of conflicts, those together that conflicts link, in the order of the sets.

    The gravest set comes first, and what needs an unusual reading last.
    """
    groups: list[set[str]] = []
    for claims in sets:
        meeting = [group for group in groups if not group.isdisjoint(claims)]
        at = groups.index(meeting[0]) if meeting else len(groups)
        groups = [group for group in groups if group.isdisjoint(claims)]
        groups.insert(at, set(claims).union(*meeting))
    return [sorted(group) for group in groups]


def _smallest(weigher: Weigher, claims: list[str], offered: list[Proposal]) -> tuple[Proposal, ...]:
    """Return the smallest set of proposals that leaves least in conflict among some claims."""
    own = [one for one in offered if not set(claims).isdisjoint(one.edit.cells)][:MOST_PROPOSED]
    sets = (chosen for size in range(MOST_EDITS + 1) for chosen in combinations(own, size))
    best: _Mended | None = None
    for chosen in islice(sets, MOST_TRIED):
        edit = merged([one.edit for one in chosen])
        if edit is None:
            continue
        found = _Mended(chosen, weigher.decided(frozenset([*claims, *edit.cells]), edit))
        known = best and found.left.is_whole  # how much is left of a list that was cut off is not
        if best is None or (known and _weight(found.left) < _weight(best.left)):
            best = found
        if not best.left:
            break
    return _throughout(weigher, claims, best) if best else ()


def _helping(
    weigher: Weigher, chosen: list[Proposal], more: Sequence[Proposal], untried: set[str]
) -> list[Proposal]:
    """Return what is chosen with some more, where that leaves less in conflict in the whole.

    A word that an edit takes away may have been the widest one that others are part of.
    """
    if not more:
        return chosen
    every = frozenset(weigher.premises) - untried
    before, after = (
        weigher.decided(every, layered(one.edit for one in some) if some else AS_PRINTED)
        for some in (chosen, [*chosen, *more])
    )
    # Of a list that was cut off it is not known how much more is left.
    return [*chosen, *more] if after.is_whole and _weight(after) < _weight(before) else chosen


def _weight(left: Conflicts) -> tuple[int, ...]:
    """Return how much is left in conflict: the gravest first."""
    found = list(left.values())
    return tuple(found.count(status) for status in AT_ODDS)


def _throughout(weigher: Weigher, claims: list[str], best: _Mended) -> tuple[Proposal, ...]:
    """Return the set with each hedge put back in one wording of its voice, where that holds too."""
    chosen = list(best.chosen)
    for at, one in enumerate(best.chosen):
        wider = _one_wording(weigher.evidence, one) if one.kind == "hedge" else None
        if wider is None:
            continue
        tried = [*chosen[:at], wider, *chosen[at + 1 :]]
        edit = merged([other.edit for other in tried])
        if edit is None:
            continue
        left = weigher.decided(frozenset([*claims, *edit.cells]), edit)
        if _weight(left) <= _weight(best.left):
            chosen = tried
    return tuple(chosen)


def _one_wording(evidence: Evidence, proposal: Proposal) -> Proposal | None:
    """Return a hedge put back with the measures of its claim throughout the voice's statements."""
    first = evidence.statements[proposal.claim]
    group = [s for s in evidence if s.root == first.root and s.kind == first.kind and s.measure]
    if len({(s.measure, s.per_measure) for s in group}) < 2:
        return None
    words = {"measure": first.measure}
    if first.kind == "ratio":
        words["per_measure"] = first.per_measure
    cells = {s.claim: {**words, **proposal.edit.cells.get(s.claim, {})} for s in group}
    counted = drift(evidence, [s.claim for s in group]).removeprefix("one voice ")
    edit = Edit(f"{proposal.edit.label}, in one wording", {**proposal.edit.cells, **cells})
    if not leaves_what_is_plain(evidence, edit):
        return None
    return proposal._replace(edit=edit, problem=f"{proposal.problem}, and {counted}")


# -- rows ----------------------------------------------------------------------------------


def _worded(weigher: Weigher, chosen: Sequence[Proposal], every: frozenset[str]) -> Iterator[list]:
    """Yield the edits of wording, each with what it and those before it change among claims."""
    before = weigher.decided(every, AS_PRINTED) if chosen else {}
    known = len(before)
    for at, one in enumerate(chosen, 1):
        left = len(weigher.decided(every, layered(other.edit for other in chosen[:at])))
        throughout = " throughout" if len(one.edit.cells) > 1 else ""
        words = f"So worded{throughout}, {gone_of(len(before), left)}."
        if left >= len(before):
            words = f"So worded{throughout}, what is left in conflict weighs less."
        if at < len(chosen) and left >= known:
            words = f"So worded{throughout}, and with the next, too."
        known = left
        cells = layered(other.edit for other in chosen).cells.get(one.claim, {})
        write = sentence(weigher.evidence, one.claim, cells, meaning=one.meaning)
        problem = f"{one.problem[:1].upper()}{one.problem[1:]}."
        yield [one.claim, problem, write, words, one.edit]


def _beyond_wording(
    weigher: Weigher, chosen: Sequence[Proposal], every: frozenset[str], untried: set[str]
) -> Iterator[list]:
    """Yield which figures would have to be given up, or how a word be meant, for all to hold."""
    if not set(weigher.check.sets["status"]) & set(BY_DEFINITION):
        return  # what collides with an assumption only can all be true as worded
    evidence = weigher.evidence
    edit = layered(one.edit for one in chosen)
    left = weigher.decided(every, edit)
    if left.is_whole and not untried and not set(left.values()) & set(BY_DEFINITION):
        return
    names = weigher.assume
    found = beyond_wording(evidence, weigher.check, edit, assume=names, untried=untried)
    for at, one in enumerate(found.given, 1):
        last = at == len(found.given) and not found.meant and not weigher.check.undecided
        begins = f"{UNTRIED if untried else UNHELPED} Give up" if at == 1 else "And give up"
        yield _given_up(evidence, one, last=last, begins=begins)
    for one in found.meant:
        write = sentence(evidence, one.claim, {}, meaning=one.meaning)
        effect = f"{MEANT} {quoted(one.meaning)} is meant, say so; else not all can be true."
        yield [one.claim, f"{one.problem}.", write, effect, one.edit]


def _given_up(evidence: Evidence, given: Given, *, begins: str, last: bool) -> list:
    """Return the row of a figure to give up, one of `ways` that do alike; of several the first."""
    own, figures = given.ways[0], list(given.ways)
    if given.voices > 1 and _are_attributed(evidence, figures):
        problem = "The sources differ, and the text says whose each figure is."
        effect = (
            f"As several accounts they can stand. As one, give up {_either(evidence, figures)}."
        )
        return [own[0], problem, "", effect, given.edit]
    told = re.sub("^up to ", "at most ", _either(evidence, figures))  # no "give up up to 30"
    return [
        own[0],
        _who_differs(evidence.statements[own[0]], given.voices),
        _side_by_side(evidence, figures),
        f"{begins} {told}{', and all else can hold' if last else ''}.",
        given.edit,
    ]


def _are_attributed(evidence: Evidence, ways: list[tuple[str, ...]]) -> bool:
    """Return whether the text names the source of each of several figures where it gives it."""
    own = [evidence.statements[way[0]] for way in ways if len(way) == 1]
    rows = evidence.dossier.evidence  # of a draft: its quotes may end before the source
    here = set(rows["claim"][rows["field"].eq("source") & rows["sure"].ne("carried")])
    named = (s.claim in here or (s.source and s.source.split()[-1] in s.quote) for s in own)
    return len(own) == len(ways) > 1 and all(named)


def _who_differs(statement: Statement, voices: int) -> str:
    if voices > 1:
        return "Say whose each figure is: the sources differ."
    asked = "Ask the source" if statement.source else "Look again at the text"
    return f"{asked}: its figures do not fit."


def _either(evidence: Evidence, ways: list[tuple[str, ...]]) -> str:
    """Return which figures would have to be given up, or which of several that would do alike."""
    single = [way[0] for way in ways if len(way) == 1]
    if len(single) == len(ways) > MOST_NAMED:
        told = list(dict.fromkeys(_short(evidence, claim) for claim in single))
        if len(told) > MOST_LISTED:
            told = [*told[: MOST_LISTED - 1], "…"]
        return f"any one of {spelled(len(single))} figures ({'; '.join(told)})"
    sets = [listed((_short(evidence, claim) for claim in way), most=3) for way in ways]
    if len(sets) > MOST_NAMED:
        return f"{sets[0]}, or one of {len(sets) - 1} other sets"
    *some, last = dict.fromkeys(sets)
    comma = "," if any(len(way) > 1 for way in ways) else ""
    return f"{', '.join(some)}{comma} or {last}" if some else last


def _short(evidence: Evidence, claim: str) -> str:
    """Return a figure as printed; with what it counts where another claim prints it, too.

    Where the quote has the number in other words (*one in fifty*), these.
    """
    statement = evidence.statements[claim]
    if not any(statement.printed):
        return statement.said
    if statement.quote and not number_in(statement.quote, statement.printed):
        return first_words(statement.quote)
    same = [s for s in evidence if s.figure == statement.figure and s.measure]
    is_rate = statement.kind == "ratio" and not statement.is_share_printed
    figure = f"{statement.figure} to 1" if is_rate else statement.figure
    return f"{figure} {statement.measure}" if len(same) > 1 else figure


def _side_by_side(evidence: Evidence, ways: list[tuple[str, ...]]) -> str:
    """Return two accounts that differ as one sentence, "" where there are not two of them."""
    chosen = {way[0] for way in ways if len(way) == 1}
    claims = [statement.claim for statement in evidence if statement.claim in chosen]
    voices = {evidence.statements[claim].origin for claim in claims}
    if not len(claims) == len(voices) == 2:
        return ""
    one = sentence(evidence, claims[0], {}).rstrip(".")
    return f"{one}; {sentence(evidence, claims[1], {}, first=False)}"
