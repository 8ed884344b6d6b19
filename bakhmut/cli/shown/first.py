"""The first screen of `check`: the brief, a line a conflict, counts; and the same to paste.

Numbers of conflicts run through all texts, as in JSON, on the page and for `--proof`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from bakhmut import __version__
from bakhmut.base.sentences import IN_ADDRESS
from bakhmut.base.terminal import wrapped
from bakhmut.base.words import count, off_by
from bakhmut.cli.shown.screens import COLOURS, Paint
from bakhmut.consistency.arranged import culprits, in_a_line
from bakhmut.dossier.claims import Dossier
from bakhmut.dossier.doors.frames import tuples_of
from bakhmut.engine.status import AT_ODDS, STATUS, STATUSES, worst
from bakhmut.findings.advice.alike import is_far
from bakhmut.findings.advice.brief import briefs
from bakhmut.findings.advice.disputes import Dispute, counted
from bakhmut.findings.flags import SEVERITIES
from bakhmut.findings.next_row import names_to_ask_about
from bakhmut.findings.summary import Outcome
from bakhmut.findings.unconfirmed import leaning_on_the_article, unconfirmed
from bakhmut.views.sourcing import in_brief

MOST_CONFLICTS = 10
MOST_OPEN = 3  # of those that nothing stated compares
MOST_TEXTS = 12
MARKS = re.compile(rf"([\\`*_\[\]<>#|~]|{IN_ADDRESS})", re.IGNORECASE)


class Numbered(NamedTuple):
    """A conflict with its number through all texts, and the text it is of."""

    number: int
    row: Any
    outcome: Outcome


def numbered(outcomes: Sequence[Outcome], *, proven: bool = False) -> list[Numbered]:
    """Return the conflicts of all texts, numbered through; with their sums where asked."""
    frames = [(one.check.conflicts if proven else one.check.sets, one) for one in outcomes]
    rows = [(row, one) for frame, one in frames for row in tuples_of(frame)]
    return [Numbered(n, row, one) for n, (row, one) in enumerate(rows, 1)]


def check_screen(outcomes: Sequence[Outcome], paint: Paint) -> Iterator[str]:
    """Yield the first screen of a check.

    Parameters
    ----------
    outcomes
        One for each text, or one for all together.
    paint
        `click.style` or the like: (text, fg=, bold=) -> text.
    """
    status = worst(one.check.status for one in outcomes)
    (_, headline), *rest = briefs(outcomes).lines()
    for line in wrapped(headline):
        yield paint(line, fg=COLOURS.get(status), bold=True)
    for label, sentence in rest:
        first, *more = wrapped(f"{label}: {sentence}" if label else sentence)
        yield paint(label, bold=True) + first.removeprefix(label) if label else first
        yield from more
    conflicts = numbered(outcomes)
    if conflicts:
        yield from ("", _counted(conflicts))
    lines, more = _most_telling(_lines(conflicts))
    text_of = {one.number: text for one, text in lines}
    for under, one in _by_culprit([one for one, _ in lines], outcomes):
        if under:
            yield from wrapped(f"{under}:")
        yield from wrapped(text_of[one.number], indent="    ", first=f"{one.number:>2}  ")
    if more:
        yield f"    {_left_out(lines, more)}"
    yield ""
    for sentence in _counts(outcomes):
        yield from wrapped(sentence)


def _by_culprit(
    conflicts: Sequence[Numbered], outcomes: Sequence[Outcome]
) -> Iterator[tuple[str, Numbered]]:
    """Yield conflicts, those that one figure would end together under it; others under none."""
    known = [
        culprits(one.check, one.dossier) if any(e.without for e in one.fixes["edits"]) else {}
        for one in outcomes
    ]
    under = {
        one.number: told.get(one.row.conflict, "")
        for one in conflicts
        for outcome, told in zip(outcomes, known, strict=True)
        if outcome is one.outcome
    }
    places = {words: n for n, words in enumerate(dict.fromkeys(filter(None, under.values())))}
    order = sorted(conflicts, key=lambda one: places.get(under[one.number], len(places)))
    before = ""
    for one in order:
        words = under[one.number]
        new = words or ("The others" if before else "")
        yield (new if new != before else ""), one
        before = new


def _counted(conflicts: Sequence[Numbered]) -> str:
    """Return how many conflicts there are, by what is said of them."""
    by = by_status(one.row.status for one in conflicts)
    return f"{count(len(conflicts), 'conflict')} ({by})"


def by_status(found: Iterable[str]) -> str:
    """Return how often each status stands, the gravest first, "" of nothing.

    >>> by_status(["consistent", "contradiction", "consistent"])
    'Cannot all be true: 1; Can all be true: 2'
    """
    words = list(found)
    return "; ".join(f"{STATUS[s].heading}: {words.count(s)}" for s in STATUSES if s in words)


Line = tuple[Numbered, str]


def _lines(conflicts: Sequence[Numbered]) -> list[Line]:
    """Return a line a conflict; one for all pairs of several counts of one thing."""
    lines: list[Line] = []
    for one in conflicts:
        dispute = one.outcome.evidence.disputes.get(one.row.conflict)
        if dispute is None:
            lines.append((one, _in_a_line(one)))
        elif one.row.conflict == dispute.conflicts[0]:
            lines.append((one, _of_dispute(one, dispute)))
    return lines


def _most_telling(lines: Sequence[Line]) -> tuple[list[Line], int]:
    """Return the first lines, few of those that nothing stated compares, and how many more.

    Of these, what the headline asks about comes before what only might count the same.
    """
    firm = [one for one, _ in lines if one.row.status != "not-checkable"]
    open_ = [one for one, _ in lines if one.row.status == "not-checkable"]
    open_ = [one for one in open_ if _is_asked_about(one) or not _is_far(one)]
    open_.sort(key=lambda one: not _is_asked_about(one))
    told = {one.number for one in [*firm, *open_[:MOST_OPEN]][:MOST_CONFLICTS]}
    return [line for line in lines if line[0].number in told], len(lines) - len(told)


def _left_out(lines: Sequence[Line], more: int) -> str:
    """Return how many conflicts are not told; where none is, that they are of figures far apart."""
    if lines:
        return f"and {more} more"
    many = "its figures are" if more == 1 else "their figures are"
    return f"not told here: {many} more than tenfold apart"


def _is_far(one: Numbered) -> bool:
    return is_far(one.outcome.check, one.row)


def _is_asked_about(one: Numbered) -> bool:
    alike = one.outcome.evidence.alike
    return bool(alike and set(one.row.claims) <= set(alike.claims))


def _of_dispute(one: Numbered, dispute: Dispute) -> str:
    """Return several counts of what may be one thing, and how far off two of them are."""
    margins = [one.outcome.check.margin(name) for name in dispute.conflicts]
    known = [margin for margin in margins if margin == margin]
    ends = dict.fromkeys(off_by(end) for end in (min(known), max(known))) if known else ()
    off = f"; off by {' to '.join(ends)}" if known else ""
    counts = counted(one.outcome.evidence, dispute.claims)
    return f"{_of(one)}{counts}: {dispute.at_odds}, if what is not stated is the same{off}"


def _of(one: Numbered) -> str:
    """Return the text that a conflict is of, where there are several."""
    return f"{one.outcome.dossier.name}: " if one.outcome.whole is not None else ""


def _in_a_line(one: Numbered) -> str:
    """Return a conflict in a line: which figures, what it needs, how far off."""
    margin = one.outcome.check.margin(one.row.conflict)
    off = f"; off by {off_by(margin)}" if margin == margin else ""
    return f"{_of(one)}{in_a_line(one.row, one.outcome.dossier)}{off}"


def _counts(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Yield how much was looked at, and where the rest stands."""
    figures = sum(len(one.dossier.claims) for one in outcomes)
    texts = f" in {len(outcomes)} texts" if len(outcomes) > 1 else ""
    said = f"{count(figures, 'row')}{texts}"
    total = sum(int(one.check.readings_total) for one in outcomes)
    hold = sum(int(one.check.readings_consistent) for one in outcomes)
    if total > len(outcomes):
        said += f"; {hold:,} of {total:,} combinations of readings can hold"
    flags = [word for one in outcomes for word in one.flags["severity"]]
    told = [f"{flags.count(word)} {word}" for word in SEVERITIES if word in flags]
    yield f"{said}; flags: {', '.join(told) or 'none'}."
    yield from dict.fromkeys(filter(None, map(leaning_on_the_article, outcomes)))
    yield from unconfirmed(outcomes)
    for one in outcomes:
        yield from one.check.undecided
    if len(outcomes) == 1:
        asked = names_to_ask_about(outcomes[0].dossier, outcomes[0].check.alone)
        yield from filter(None, [asked])
    if len(outcomes) > 1:
        yield _texts(outcomes)
    elif row := outcomes[0].next_row:
        yield str(row)
    some = any(len(one.check.sets) for one in outcomes)
    yield f"All of it: --full.{' The sum of a conflict: --proof 1.' if some else ''}"


def _texts(outcomes: Sequence[Outcome]) -> str:
    """Return the texts at odds by name, the gravest first."""
    at_odds = [one for one in outcomes if one.check.status in AT_ODDS]
    at_odds.sort(key=lambda one: STATUSES.index(one.check.status))
    # A name may have commas of its own: "RT, 21 September 2022".
    told = in_brief((one.dossier.name for one in at_odds), MOST_TEXTS, between="; ", none="")
    return f"To look at: {told}." if told else "In none of the texts is anything at odds."


def note(dossier: Dossier, outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Yield a note for a mail or a correction column: the brief and the conflicts, in Markdown."""
    (_, headline), *rest = briefs(outcomes).lines()
    yield from (f"**{plain(headline)}**", "")
    for label, sentence in rest:
        yield f"**{label}:** {plain(sentence)}" if label else plain(sentence)
        yield ""
    conflicts = numbered(outcomes)
    if conflicts:
        yield from (f"{_counted(conflicts)}:", "")
        lines, more = _most_telling(_lines(conflicts))
        yield from (f"{one.number}. {plain(text)}" for one, text in lines)
        if more:
            yield f"\n{_left_out(lines, more)}."
        yield ""
    rows = count(len(dossier.claims), "figure")
    which = f"{plain(dossier.name)}, {dossier.sha256[:12]}"
    yield f"{rows} ({which}) checked with bakhmut {__version__}."


def plain(text: str) -> str:
    r"""Return text in which nothing is taken for Markdown.

    >>> plain("*five* <b>")
    '\\*five\\* \\<b\\>'
    """
    return MARKS.sub(r"\\\1", " ".join(text.split()))
