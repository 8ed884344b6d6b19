"""The second level of the page: the text's words with remarks, a row a figure, what was found.

In: a dossier and what came of its check. Out: what the template lays out. Example, a row:
`620 (paragraph 1)` counts *Norland killed, Karel*, said by the army's spokesman, and cannot stand
beside `about 400 (paragraph 1)`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from bakhmut.base.words import off_by
from bakhmut.dossier.derived import STANDINGS
from bakhmut.dossier.doors.frames import tuples_of
from bakhmut.dossier.quotes import verify_quotes
from bakhmut.engine.status import STATUSES
from bakhmut.report import plain, record

if TYPE_CHECKING:
    from bakhmut.dossier.claims import Dossier
    from bakhmut.findings.summary import Outcome
    from bakhmut.report.record import Card, Headline

# What a draft found of a figure that it set apart.
_APART = {
    "a part of those": "counts some of those just counted",
    "in addition": "counts more, besides those just counted",
    "of another time": "is of another time",
    "by another count": "is by another count",
    "one voice counts on": "counts others than the figure before it",
}
MOST_REMARKS = 2
LEFT_UNSAID = {"unstated-period", "unnamed-source", "undefined-measure"}
FEWEST_ALIKE = 5  # figures of a text in which what is left unsaid of most is said once
FITS = {
    "contradiction": ("no", "cannot be true beside"),
    "contradiction-in-some-readings": ("depends", "depends on the wording, beside"),
    "conflicts-with-assumption": ("unless", "yes, unless something is assumed, beside"),
    "undecided": ("open", "not decided, beside"),
    "not-checkable": ("alone", "compared only by assuming more, with"),
    "consistent": ("yes", "yes, beside"),
}


@dataclass(frozen=True)
class Row:
    """A figure of the text: what it says and counts, who says so, whether it fits the others.

    `fits` is a key for the eye (yes, no, depends, unless, open, alone); `beside` are the labels
    and anchors of what it does not fit.
    """

    claim: str
    anchor: str
    quote: str
    label: str
    figure: str
    counts: str
    who: str
    remark: str
    fits: str
    said: str
    beside: tuple[tuple[str, str], ...]
    standing: str


@dataclass(frozen=True)
class Said:
    """A quote, the claims that it states, and what is remarked of them."""

    quote: str
    claims: str
    remark: str


@dataclass(frozen=True)
class Piece:
    """A stretch of a paragraph of the text; where it is a quote, the claims that it states."""

    text: str
    claims: tuple[str, ...] = ()


def rows(outcomes: Sequence[Outcome], dossier: Dossier) -> list[Row]:
    """Return a row for each claim of a dossier, in the order of its tables."""
    own = {row.claim: row for row in tuples_of(dossier.claims)}
    conflicts = [c for o in outcomes for c in tuples_of(o.check.conflicts)]
    flags = [f for o in outcomes for f in tuples_of(o.flags)]
    alone = {claim for o in outcomes for claim in o.check.alone}
    remarks, claims = _remarks(flags, own, besides=_of_most(flags, len(own))), dossier.claims
    named, scopes = plain.labels(claims), plain.scopes(claims)
    drafted = dossier.evidence[dossier.evidence["field"].eq("standing")]
    why = dict(zip(drafted["claim"], drafted["rule"], strict=True))
    made = []
    for row in own.values():
        fits, said, beside = _fit(row, conflicts, dossier, alone=row.claim in alone)
        made.append(
            Row(
                row.claim,
                record.anchor("claim", row.claim),
                row.quote,
                named[row.claim],
                plain.figure(row),
                scopes.of(row),
                _who(row),
                remarks[row.claim],
                fits,
                said,
                tuple((named[name], record.anchor("claim", name)) for name in beside),
                _standing(row, why),
            )
        )
    return made


def of_most(outcomes: Sequence[Outcome], dossier: Dossier) -> str:
    """Return what is left unsaid of most figures, which is told once and not of each."""
    flags = [f for o in outcomes for f in tuples_of(o.flags)]
    many = len(dossier.claims)
    told = [f"{remark} ({n} of {many} figures)" for remark, n in _of_most(flags, many).items()]
    words = "; ".join(told)
    return words and f"{words[0].upper()}{words[1:]}."


def _of_most(flags: Iterable[Any], many: int) -> dict[str, int]:
    """Return what is left unsaid of two figures in three or more, with of how many it is."""
    under: dict[str, set[str]] = defaultdict(set)
    for flag in flags:
        if flag.flag in LEFT_UNSAID:
            under[plain.flag_remark(flag.flag)].update(flag.claims)
    often = {remark: len(claims) for remark, claims in under.items() if 3 * len(claims) >= 2 * many}
    return often if many >= FEWEST_ALIKE else {}


def said(rows: Sequence[Row]) -> list[Said]:
    """Return the quotes in their order, each once, with what is remarked of the figures in it."""
    alike: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        alike[row.quote or row.counts].append(row)
    return [
        Said(
            own[0].quote or own[0].counts,
            " ".join(row.claim for row in own),
            " ".join(
                dict.fromkeys(part for row in own for part in (row.standing, row.remark) if part)
            ),
        )
        for own in alike.values()
    ]


def _standing(row: Any, why: Mapping[str, str]) -> str:
    """Return why a figure is compared with no other: `It was corrected: not compared.`"""
    if not row.standing:
        return ""  # somebody has mended the cell that was drafted
    said = _APART.get(why.get(row.claim, ""), STANDINGS[row.standing])
    return said and f"It {said}: not compared."


def _who(row: Any) -> str:
    """Return who says so, through whom, and when it was published."""
    said = row.source or "the text"
    via = f", through {row.via.replace(' > ', ', ')}" if row.via else ""
    return f"{said}{via}" + (f", {row.published}" if row.published else "")


def _fit(
    row: Any, conflicts: Sequence[Any], dossier: Dossier, *, alone: bool
) -> tuple[str, str, list[str]]:
    """Return whether a claim fits the others, in words, and which ones it does not fit."""
    mine = [conflict for conflict in conflicts if row.claim in conflict.claims]
    if not mine:
        if alone or row.standing or not (row.low or row.high):
            return "alone", "not compared", []
        return "yes", "yes", []
    worst = min((conflict.status for conflict in mine), key=STATUSES.index)
    gravest = [conflict for conflict in mine if conflict.status == worst]
    others = [n for c in gravest for n in c.claims if n != row.claim]
    fits, said = FITS[worst]
    ours = {conflict.assumptions for conflict in gravest}
    if fits == "unless" and len(ours) == 1 and len(names := ours.pop()) == 1:
        said = f"yes, unless {plain.assumed(names[0], dossier.assumptions)}, beside"
    if not others:
        return fits, said.replace("beside", "by itself"), []
    return fits, said, list(dict.fromkeys(others))


def _remarks(
    flags: Iterable[Any], own: Mapping[str, Any], *, besides: Container[str]
) -> defaultdict[str, str]:
    """Return what the gravest flags say of each claim, in a few words, `besides` some."""
    said: dict[str, list[str]] = defaultdict(list)
    for flag in sorted(flags, key=lambda one: record.WEIGHT.get(one.severity, len(record.WEIGHT))):
        if plain.flag_remark(flag.flag) in besides:
            continue
        for claim in flag.claims:
            remark = plain.flag_remark(flag.flag, own.get(claim))
            if remark not in said[claim] and len(said[claim]) < MOST_REMARKS:
                said[claim].append(remark)
    found: defaultdict[str, str] = defaultdict(str)
    for claim, remarks in said.items():
        words = "; ".join(remarks)
        found[claim] = words[0].upper() + words[1:] + "."
    return found


def sentences(text: str, dossier: Dossier) -> list[tuple[Piece, ...]]:
    """Return the paragraphs of a text, cut where a quote of the dossier begins or ends.

    A quote is found word for word, or but for its marks and blanks.
    """
    looked_up = verify_quotes(text, dossier)
    spans: dict[tuple[int, int], list[str]] = defaultdict(list)
    for row in tuples_of(looked_up[looked_up["table"].eq("claims")]):
        is_near = row.found or row.note.endswith("only")
        words = (row.nearest or row.quote) if is_near else ""
        start = text.find(words) if words else -1
        if start >= 0:
            spans[start, start + len(words)].append(row.claim)
    paragraphs = []
    for match in re.finditer(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*", text):
        pieces = tuple(_cut(text, match.span(), spans))
        if "".join(piece.text for piece in pieces).strip():
            paragraphs.append(pieces)
    return paragraphs


def _cut(
    text: str, ends: tuple[int, int], spans: dict[tuple[int, int], list[str]]
) -> Iterator[Piece]:
    """Yield a paragraph's pieces; what two quotes share is one that states the claims of both."""
    inside = [span for span in spans if span[0] < ends[1] and ends[0] < span[1]]
    cuts = {cut for span in inside for cut in span if ends[0] < cut < ends[1]}
    for start, end in pairwise(sorted({*ends, *cuts})):
        over = sorted(span for span in inside if span[0] <= start and end <= span[1])
        yield Piece(text[start:end], tuple(claim for span in over for claim in spans[span]))


def added_up(item: Card) -> str:
    """Return the end of a conflict's proof: what its figures come to when they are added up.

    Nothing where all of them cancel: "1 would have to be at most 0" tells nobody anything.

    >>> from types import SimpleNamespace as Row
    >>> proof = ["Without A on both sides, 620 would have to be at most 420. These cannot be."]
    >>> added_up(record.Card("", "", "", "", (), Row(proof=proof)))
    '620 would have to be at most 420'
    """
    for line in getattr(item.row, "proof", ()):
        if found := re.search(r"([\d.,/ ]+ would have to be [^.]*?[\d.,]*\d)\.(?: |$)", line):
            return "" if found[1].endswith(" 0") else found[1].strip(" ,")
    return ""


def told(findings: Sequence[Headline]) -> list[dict[str, Any]]:
    """Return the findings with their sums, as the template lays them out."""
    made, told_of = [], {""}
    for one in findings:
        under = "" if one.item.under in told_of else one.item.under
        told_of.add(under)
        # Of several counts each two have a sum of their own; what nobody says are one, has none.
        pair = not one.item.alike and one.item.kind != "not-checkable"
        added, off = (added_up(one.item), _off(one.item)) if pair else ("", "")
        made.append({"item": one.item, "more": one.more, "sum": added, "off": off, "under": under})
    return made


def _off(item: Card) -> str:
    """Return by how much a conflict's figures would have to be off to agree, "" if by no amount."""
    margin = getattr(item.row, "margin", float("nan"))
    return off_by(margin) if margin == margin else ""
