"""What the page says of every claim, conflict and flag, with the anchor each is linked by."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote as escaped

import pandas as pd

from bakhmut.base.words import number, off_by, span
from bakhmut.consistency.arranged import culprits
from bakhmut.dossier.doors.frames import tuples_of
from bakhmut.engine.status import AT_ODDS
from bakhmut.findings.advice.to_print import read_as
from bakhmut.meaning.readings import ABOUT
from bakhmut.report import plain
from bakhmut.report.chapters.markup import is_web

if TYPE_CHECKING:
    from bakhmut.dossier.claims import Dossier
    from bakhmut.findings.summary import Outcome

MOST_FINDINGS = 5

# By what acting on it changes: a conflict weighs by its status, a flag by its severity. A serious
# flag names an edit after which conflicts are gone.
WEIGHT = {
    name: rank
    for rank, name in enumerate(
        (
            *("contradiction", "serious", "contradiction-in-some-readings"),
            *("conflicts-with-assumption", "caution", "undecided", "not-checkable", "note"),
        )
    )
}


@dataclass(frozen=True)
class ClaimCard:
    """One figure as printed, and where the page takes it up."""

    anchor: str
    row: Any
    link: str
    name: str
    readings: tuple[tuple[str, str, str], ...]
    found: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Card:
    """A conflict or a flag: its anchor, name and kind, the claims in it, what it says."""

    anchor: str
    name: str
    kind: str
    because: str
    claims: tuple[str, ...]
    row: Any
    read: str = ""  # under which reading, in words, where others save it
    short: str = ""  # its name without what it assumes
    under: str = ""  # what the figure would do that ends it and others
    alike: tuple[str, ...] = ()  # the counts of what may be one thing, of which it has two

    @property
    def group(self) -> tuple[object, ...]:
        """What it shares with others that say the same of the same people."""
        if self.anchor.startswith("flag-"):
            return ("flag", self.name)
        if self.alike:
            return (self.kind, self.alike)
        return (self.kind, tuple(self.row.origin_names))


@dataclass(frozen=True)
class Headline:
    """One of the gravest conflicts or flags, standing for `more` others like it."""

    item: Card
    more: int


def anchor(*parts: str) -> str:
    """Return a place in the page for a name.

    >>> anchor("claim", "lede")
    'claim-lede'
    """
    return re.sub(r"[^\w.-]+", "-", "-".join(parts))


def conflicts(outcomes: Sequence[Outcome]) -> list[Card]:
    """Return every conflict of every text, numbered through, named by the figures in it."""
    items: list[Card] = []
    for outcome in outcomes:
        claims = outcome.dossier.claims
        own = plain.labels(claims)
        under = culprits(outcome.check, outcome.dossier, own)
        alike = {name: one.claims for name, one in outcome.evidence.disputes.items()}
        for row in tuples_of(outcome.check.conflicts):
            members = [own[name] for name in row.claims if name in own]
            ours = [plain.assumed(name, outcome.dossier.assumptions) for name in row.assumptions]
            items.append(
                Card(
                    f"conflict-{len(items) + 1}",
                    plain.conflict_name(members, ours),
                    row.status,
                    plain.why(row, claims[claims["claim"].isin(row.claims)], assumptions=ours),
                    tuple(row.claims),
                    row,
                    _if_read(row, outcome),
                    plain.conflict_name([own[n] for n in alike.get(row.conflict, row.claims)]),
                    under.get(row.conflict, ""),
                    alike.get(row.conflict, ()),
                )
            )
    return items


def by_culprit(items: Sequence[Card]) -> list[tuple[str, list[Card]]]:
    """Return conflicts under the figure that would end several of them, the others last."""
    groups: dict[str, list[Card]] = {item.under: [] for item in items if item.under}
    groups[""] = []
    for item in items:
        groups[item.under].append(item)
    return [(words, own) for words, own in groups.items() if own]


def _if_read(row: Any, outcome: Outcome) -> str:
    """Return under which reading a conflict's claims are at odds, "" where under any."""
    by_reading = row.status in ("contradiction-in-some-readings", "not-checkable")
    if not by_reading or not row.readings_fail or not row.readings_hold:
        return ""
    said = read_as(outcome.evidence, outcome.check.variables, row.readings_fail[0])
    several = ", for one" if len(row.readings_fail) > 1 else ""
    return f"They are at odds{several} where {said}."


def flags(outcomes: Sequence[Outcome]) -> list[Card]:
    """Return every flag of every text, the gravest first."""
    rows = [row for outcome in outcomes for row in tuples_of(outcome.flags)]
    rows.sort(key=lambda row: WEIGHT.get(row.severity, len(WEIGHT)))
    seen: dict[str, int] = defaultdict(int)
    items = []
    for row in rows:
        name = anchor("flag", row.flag, *row.claims[:1])
        seen[name] += 1
        name += f"-{seen[name]}" if seen[name] > 1 else ""
        words = plain.flag_heading(row.flag)
        items.append(Card(name, words, row.severity, row.because, tuple(row.claims), row))
    return items


def findings(items: Iterable[Card]) -> list[Headline]:
    """Return what to look at first; those alike stand for one another.

    Contradictions, then the edit after which most is gone, then what depends on readings and on
    assumptions, then the rest; where nothing else is at odds, what would be if more were stated.
    """
    items = list(items)
    at_odds = any(item.anchor.startswith("conflict-") and item.kind in AT_ODDS for item in items)
    ahead = {} if at_odds else {"not-checkable": WEIGHT["conflicts-with-assumption"]}
    weight = {**WEIGHT, **ahead}
    groups: dict[tuple[object, ...], list[Card]] = defaultdict(list)
    for item in items:
        groups[item.group].append(item)
    gravest = sorted(groups.values(), key=lambda group: weight.get(group[0].kind, len(weight)))
    serious = [group for group in gravest if group[0].kind == "serious"]
    later = serious[1:]  # one of them is enough to come before the conflicts
    notes = [g for g in gravest if weight.get(g[0].kind, len(weight)) >= weight["caution"]]
    first = [group for group in gravest if group not in later and group not in notes]
    return [Headline(g[0], len(g) - 1) for g in [*first, *later, *notes][:MOST_FINDINGS]]


def claims(dossier: Dossier, readings: pd.DataFrame, items: Iterable[Card]) -> list[ClaimCard]:
    """Return every claim with its readings and the conflicts and flags that it is in."""
    meant: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for row in tuples_of(readings):
        meant[row.claim].append((row.reading, span(row.low, row.high), row.because))
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for item in items:
        for claim in item.claims:
            found[claim].append((item.anchor, item.name))
    named = plain.labels(dossier.claims)
    return [
        ClaimCard(
            anchor("card", row.claim),
            row,
            fragment_link(row.url, row.quote),
            named[row.claim],
            tuple(meant[row.claim]),
            tuple(found[row.claim]),
        )
        for row in tuples_of(dossier.claims)
    ]


def fragment_link(url: str, quote: str) -> str:
    """Return a link to the quote on its page, "" where the address is none of the web's.

    >>> fragment_link("https://example.org/a", "five-to-one ratio")
    'https://example.org/a#:~:text=five%2Dto%2Done%20ratio'
    """
    if not is_web(url):
        return ""
    words = escaped(quote, safe="").replace("-", "%2D")
    mark = "" if "#" in url else "#"
    return f"{url}{mark}:~:text={words}" if words and ":~:" not in url else url


def dissolves(threshold: Mapping[str, Any]) -> str:
    """Return where a conflict dissolves, as the end of a sentence on an assumption.

    >>> dissolves({"assumption": "wounded-per-killed", "value": 4.5, "bound": "low"})
    'if it may be 4.5 or less'
    """
    value = number(threshold["value"])
    if threshold["assumption"] == ABOUT:
        return f"if “about” may be off by {off_by(threshold['value'])} or more"
    return f"if it may be {value} or {'less' if threshold['bound'] == 'low' else 'more'}"


def reading_words(reading: Mapping[str, str]) -> str:
    """Return a reading in words.

    >>> reading_words({"lost": "killed", "lede": "exactly five"})
    'lost: killed; lede: exactly five'
    """
    return "; ".join(f"{name}: {choice}" for name, choice in reading.items())
