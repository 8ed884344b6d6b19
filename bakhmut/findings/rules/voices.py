"""Flags on who says it: interest, name, number of independent voices, opposed accounts.

Each function takes the evidence and yields findings. The practice behind them: intelligence
grades a source and what it says apart (the Admiralty code, STANAG 2511: a letter for the source,
a numeral for the information), so none of these flags says that a figure is wrong.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from bakhmut.base.sentences import listed, quoted
from bakhmut.dossier.changed.edits import Edit
from bakhmut.dossier.derived import stated
from bakhmut.dossier.doors.frames import tuples_of
from bakhmut.findings.evidence import Evidence, Finding, Statement

SMALLEST_CHORUS = 3


def interested_source(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding for each source and side that it counts while taking part itself.

    Looks at `side` in sources.csv against the sides of the source's figures; a source of a part
    (Wagner) belongs to the whole (Russia). A source of no side, or of a side that no claim or
    assumption names, is no party and passes.
    Why: a party has reasons to count its enemy's dead high and its own low, and often cannot
    see the enemy's at all.
    Practice: the source's position is judged apart from the content (STANAG 2511); casualty
    recorders state the affiliation of each source (*Standards for Casualty Recording*, 2016).
    """
    counted: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    sides = _parties(evidence)
    for statement in evidence:
        if not statement.has_number:
            continue
        party = _party(evidence, statement, sides)
        if party and _counts(evidence, statement, party):
            counted[statement.origin, party].append(statement)
    for (origin, party), statements in counted.items():
        quotes = listed(s.said for s in statements)
        yield Finding(
            "interested-source",
            tuple(s.claim for s in statements),
            f"Figures for {_whose(evidence, statements, party)} from a source that speaks for "
            f"{party} ({origin}): {quotes}. "
            "A party to the events has an interest in the number.",
            (_set_aside(statements),),
        )


def _parties(evidence: Evidence) -> set[str]:
    assumed = evidence.dossier.assumptions
    named = {side for s in evidence for side in (s.side, s.per_side)}
    return (named | set(assumed["side"]) | set(assumed["per_side"])) - {"", "each"}


def _party(evidence: Evidence, statement: Statement, sides: set[str]) -> str:
    """Return the side that a statement's origin belongs to, where it is one of `sides`."""
    source = evidence.sources.get(statement.origin)
    side = source.side if source else ""
    return side if side and any(_same(evidence, side, other) for other in sides) else ""


def _counts(evidence: Evidence, statement: Statement, party: str) -> bool:
    named = [side for side in (statement.side, statement.per_side) if side]
    return any(_same(evidence, side, party) or evidence.opposed(side, party) for side in named)


def _same(evidence: Evidence, side: str, party: str) -> bool:
    return evidence.within("side", side, party) or evidence.within("side", party, side)


def _whose(evidence: Evidence, statements: list[Statement], party: str) -> str:
    named = {side for s in statements for side in (s.side, s.per_side) if stated(side)}
    own = any(_same(evidence, side, party) for side in named)
    enemy = sorted(side for side in named if not _same(evidence, side, party))
    return listed([*(["its own side"] if own else []), *enemy]) or "a side that is not stated"


def unnamed_source(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding for each unnamed source of figures or accounts.

    Looks at `named` in sources.csv; and at figures without any source in a text that gives one
    for others, unless they are drafted and nobody has confirmed them.
    Why: nobody answers for the figure, and nobody can be asked how it was made.
    Practice: Reuters, *Handbook of Journalism*: "Anonymous sources are the weakest sources";
    BBC Editorial Guidelines, section 3: a named source on the record is always preferable; AP
    asks for a reason for the anonymity and for a second source.
    """
    unnamed: dict[str, list[Any]] = defaultdict(list)
    for statement in evidence:
        if statement.kind == "ratio" or statement.has_number:
            unnamed[statement.origin].append(statement)
    accounts = list(tuples_of(evidence.dossier.positions))
    for account in accounts:
        unnamed[account.source].append(account)
    for name, rows in unnamed.items():
        source = evidence.sources.get(name)
        if not source or source.named.strip().lower() != "no":
            continue
        figures = [row for row in rows if isinstance(row, Statement)]
        yield Finding(
            "unnamed-source",
            tuple(row.claim for row in rows),
            f"{listed(quoted(row.quote) for row in rows)} "
            f"{'rests' if len(rows) == 1 else 'rest'} on a source without a name ({name}): nobody "
            "can be asked how it is known.",
            (_set_aside(figures),) if figures else (),
        )
    yield from _unattributed(evidence)


def _unattributed(evidence: Evidence) -> Iterator[Finding]:
    texts: dict[str, list[Statement]] = defaultdict(list)
    for statement in evidence:
        if statement.has_number:
            texts[statement.text].append(statement)
    for statements in texts.values():
        bare = [
            s
            for s in statements
            if not evidence.statements[s.root].source and not evidence.is_unread(s.claim, "source")
        ]
        if bare and len(bare) < len(statements):
            yield Finding(
                "unnamed-source",
                tuple(s.claim for s in bare),
                f"The text names no source for {listed(s.said for s in bare)}, though "
                "it does for its other figures.",
                (_set_aside(bare),),
            )


def single_origin(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding for each voice that is heard several times over.

    Looks at statements linked by `repeats`: three or more, or two that look independent (other
    relays, texts or addresses, or an unnamed source). A figure of a named source said twice in
    one text passes.
    Why: *n* statements of one voice are one statement; read as several they seem to confirm
    each other.
    Practice: information counts as confirmed only by another, independent source (STANAG 2511,
    grade 1); the BBC is "reluctant to rely on a single source".
    """
    for group in evidence.groups:
        said = [s for s in group if s.kind == "ratio" or s.has_number]
        if len(said) < 2 or not any(s.has_number for s in said):
            continue
        source = evidence.sources.get(said[0].origin)
        unnamed = bool(source) and source.named.strip().lower() == "no"
        channels = {(s.source, s.via, s.text, s.url) for s in said}
        if len(said) < SMALLEST_CHORUS and len(channels) == 1 and not unnamed:
            continue
        yield Finding(
            "single-origin",
            tuple(s.claim for s in said),
            f"{len(said)} statements, one voice: {listed(s.said for s in said)} all go "
            f"back to {said[0].origin or 'the text'} and do not confirm one another.",
            (Edit("with the first of them alone", without=tuple(s.claim for s in said[1:])),),
        )


def accounts_differ(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding for each topic on which the accounts are opposed.

    Looks at positions.csv: stances on one topic, side by side, each with its source.
    Why: where one account has everybody agreed and another has a dissenter, the reader should
    meet both at once. Which is right is not decided here.
    Practice: due impartiality sets opposed accounts side by side with their sources.
    """
    topics: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for account in tuples_of(evidence.dossier.positions):
        if account.topic and account.stance:
            topics[account.topic][account.stance].append(account)
    for topic, stances in topics.items():
        if len(stances) < 2:
            continue
        told = "; ".join(
            f"{stance}: {listed((_account(a) for a in accounts), most=2)}"
            for stance, accounts in stances.items()
        )
        yield Finding(
            "accounts-differ",
            tuple(a.claim for accounts in stances.values() for a in accounts),
            f"The accounts of one matter are opposed ({topic}) – {told}.",
        )


def _account(account: Any) -> str:
    via = f" via {account.via}" if account.via else ""
    return f"{quoted(account.quote)} ({account.source or 'the text'}{via})"


def _set_aside(statements: list[Statement]) -> Edit:
    claims = tuple(s.claim for s in statements)
    return Edit("without " + ("it" if len(claims) == 1 else "them"), without=claims)
