"""The first screen: what a person gets who reads nothing else, in at most 120 words.

May I print these together? What must I change, and what do I write? What should I mind? The same
words on the terminal, in JSON and on the page. Every number and every name is from the tables or
from the engine; what is a template is said once, here.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from bakhmut.base.sentences import listed
from bakhmut.base.sentences import whole as the_place
from bakhmut.base.words import count, span, spelled, to_one
from bakhmut.consistency.arranged import thresholds
from bakhmut.consistency.verbs import Check
from bakhmut.dossier.derived import headlines, set_aside
from bakhmut.dossier.doors.frames import rows_of, tuples_of
from bakhmut.engine.status import AT_ODDS, BY_DEFINITION
from bakhmut.findings.advice.disputes import counted
from bakhmut.findings.advice.fixes import MEANT
from bakhmut.findings.advice.mind import implied_for, to_mind
from bakhmut.findings.advice.to_print import name_of, names_of, read_as
from bakhmut.findings.evidence import Evidence
from bakhmut.findings.misfits.quotients import divided
from bakhmut.findings.severity import AGAIN
from bakhmut.findings.unconfirmed import open_conflicts
from bakhmut.meaning.readings import OURS

if TYPE_CHECKING:
    from bakhmut.findings.summary import Outcome

MOST_WORDS = 120
MOST_FIXES = 3
MOST_NAMED = 3
MOST_COMPARED = 6
UNCHECKED = "Not checked: whether any figure is right."


@dataclass(frozen=True)
class Brief:
    """What the first screen says.

    `headline` and `answer` say whether the figures can be printed together, `fixes` what to change
    (`claim`, `problem`, `write`, `effect`, each a sentence), `mind` what else to know.
    """

    headline: str
    answer: str
    fixes: tuple[Mapping[str, str], ...]
    mind: tuple[str, ...]

    def as_object(self) -> dict[str, Any]:
        """Return the brief for JSON."""
        fixes = [dict(one) for one in self.fixes]
        return {
            "headline": self.headline,
            "answer": self.answer,
            "fixes": fixes,
            "mind": list(self.mind),
        }

    def lines(self) -> Iterator[tuple[str, str]]:
        """Yield a label ("" for none) and a sentence a line, as every screen shows them."""
        yield "", self.headline
        if self.answer:
            yield "", self.answer
        before = ""
        for one in self.fixes:
            if one["problem"] != before:  # what several have in common is said once
                yield "Fix", one["problem"]
            before = one["problem"]
            if one["write"]:
                yield "Write", one["write"]
            yield "", one["effect"]
        for sentence in self.mind:
            yield ("", sentence) if sentence == UNCHECKED else ("Mind", sentence)

    @property
    def words(self) -> int:
        """How many words it has."""
        return sum(len(f"{label} {sentence}".split()) for label, sentence in self.lines())


def brief(outcome: Outcome) -> Brief:
    """Return the brief of one text.

    Sentences on what to mind are left out from the last on where there would be more than 120
    words, then fixes.
    """
    dossier, check = outcome.dossier, outcome.check
    evidence = outcome.evidence
    fixes = [
        {name: str(row[name]) for name in ("claim", "problem", "write", "effect")}
        for row in rows_of(outcome.fixes)
    ]
    headline = _headline(evidence, check, outcome.fixes)
    answer = _answer(evidence, check, outcome.fixes)
    answer = f"{answer[:1].upper()}{answer[1:]}"
    if asked := " ".join(implied_for(dossier)):
        headline, answer = asked, f"{headline} {answer}"
    open_ = check.status == "not-checkable" and not _says_nothing(evidence, check)
    rivals = _if_alike(evidence, check)
    is_told = open_ or _said_of(evidence) or _few_compared(evidence, check) or rivals in answer
    named = evidence.alike.named if is_told and evidence.alike else ()
    mind = [*to_mind(outcome, but=named)]
    if check.status == "consistent" and not fixes:
        mind[:0] = _serious(outcome)
    if is_told and rivals not in answer:
        mind[:0] = [rivals]
    return _fitting(headline, answer.strip(), fixes, mind)


def _serious(outcome: Outcome) -> list[str]:
    """Return on which word it turns that the figures fit, of the first serious flag."""
    found = outcome.flags.loc[outcome.flags["severity"].eq("serious"), "because"]
    told = [because[because.index(AGAIN) :] for because in found if AGAIN in because]
    return told[:1]


def briefs(outcomes: Sequence[Outcome]) -> Brief:
    """Return the brief of a check: of its one text, or of several, each checked by itself."""
    if len(outcomes) == 1:
        return outcomes[0].brief
    at_odds = [one for one in outcomes if one.check.status in AT_ODDS]
    at_odds.sort(key=lambda one: AT_ODDS.index(one.check.status))
    several = count(len(outcomes), "text")
    if not at_odds:
        return Brief(f"Yes, in each of {several}.", _EACH, (), (UNCHECKED,))
    firm = [one for one in at_odds if one.check.status == AT_ODDS[0]]
    answer = f"{_EACH} In {len(firm)} of them no reading saves the figures." if firm else _EACH
    fixes = [
        {**one.brief.fixes[0], "problem": f"{one.dossier.name}: {one.brief.fixes[0]['problem']}"}
        for one in at_odds
        if one.brief.fixes
    ]
    # Whether this text is like the others is not for the first screen: the worst come first.
    return _fitting(
        f"In {len(at_odds)} of {several} the figures do not fit as worded.", answer, fixes[:1], []
    )


_EACH = "Each text was checked by itself."


def _fitting(
    headline: str, answer: str, fixes: Sequence[Mapping[str, str]], mind: Sequence[str]
) -> Brief:
    """Return a brief of at most 120 words: what to mind goes first, then the last fixes."""
    for many in range(min(MOST_FIXES, len(fixes)), -1, -1):
        left = len(fixes) - many
        rest = [f"{left} more {'fix is' if left == 1 else 'fixes are'} needed."] if left else []
        for kept in range(len(mind), -1, -1):
            made = Brief(headline, answer, tuple(fixes[:many]), (*rest, *mind[:kept], UNCHECKED))
            if made.words <= MOST_WORDS:
                return made
    return Brief(headline, "", (), (UNCHECKED,))


# -- may I print these together? -----------------------------------------------------------

_NOTHING = ("consistent", "not-checkable")  # nothing is at odds by what is stated
_OPEN = "nobody has confirmed what these figures count"
_AGAIN = "Look again before you print them."
_UNSAID = "Not decided: what each of them counts is not stated."


def _headline(evidence: Evidence, check: Check, fixes: pd.DataFrame) -> str:
    """Return whether the figures can be printed together."""
    is_draft, rests = open_conflicts(evidence.dossier, check)
    if _says_nothing(evidence, check):
        if is_draft:
            return f"Not decided yet: {_OPEN}."
        if _said_of(evidence):
            return _AGAIN
        return _UNSAID if evidence.alike else "These figures cannot be compared."
    if check.status == "undecided":
        return "Not decided: a limit was reached."
    given_up = any(edit.without for edit in fixes["edits"])
    if given_up:
        firm = check.sets[check.sets["status"].isin(BY_DEFINITION)]
        if rests[firm.index].all():
            return f"Perhaps not: {_OPEN}."
        apart = firm["origins"].gt(1).all()
        return "No, not as one account." if apart else "No, not as they stand."
    if fixes["effect"].str.startswith(f"{MEANT} ").any():
        return "Yes, once it is clear what is meant."
    if len(fixes):
        edits = "edit" if len(fixes) == 1 else "edits"
        return f"Yes, print them together, after {spelled(len(fixes))} {edits}."
    if check.status in BY_DEFINITION:
        return "Not as worded."
    some, every = len(evidence.linked), _numbered(evidence)
    if _few_compared(evidence, check):
        return f"Only {some} of {every} figures could be compared."
    if _said_of(evidence):
        return _AGAIN
    if check.status == "not-checkable":
        return "Yes, unless some of them count the same."
    if some < every and check.status in (*_NOTHING, "conflicts-with-assumption"):
        return f"Yes, as far as they were compared: {some} of {every} figures."
    return "Yes, print them together."


def _answer(evidence: Evidence, check: Check, fixes: pd.DataFrame) -> str:
    """Return why, in a sentence or three."""
    if any(edit.without for edit in fixes["edits"]) or check.status == "contradiction":
        return _collide(evidence, check.sets.iloc[0]["claims"])
    if apart := _two_scopes(evidence):
        return apart
    if _says_nothing(evidence, check) or (check.status in _NOTHING and _said_of(evidence)):
        return _if_alike(evidence, check) or "Nothing in the table links one figure to another."
    if check.status in BY_DEFINITION:
        return "Under some readings of their words they can all be true, under others not."
    if check.status == "conflicts-with-assumption":
        return _only_if(evidence, check)
    some = len(evidence.linked)
    can = "both" if some == 2 else "all"
    told = ""
    named = dict.fromkeys(s.figure for s in evidence if s.claim in evidence.linked)
    if some < _numbered(evidence) and len(named) == some <= MOST_COMPARED:  # where some were not
        told = f" ({listed(named)})"
    said = f"As worded, the {count(some, 'figure')} compared{told} can {can} be true."
    is_draft, _ = open_conflicts(evidence.dossier, check)
    few = _few_compared(evidence, check)
    if few and evidence.alike and evidence.linked & set(evidence.alike.named):
        return f"{_if_alike(evidence, check)} {said}"  # what is open about them comes first
    return f"{said} {_OPEN[0].upper()}{_OPEN[1:]}." if is_draft and few else said


def _says_nothing(evidence: Evidence, check: Check) -> bool:
    """Return whether no two figures were compared, and none is at odds with itself."""
    if check.status == "not-checkable" and evidence.drafted:
        return True  # what may collide is for somebody to say first
    return check.status in _NOTHING and len(evidence.linked) < 2


def _said_of(evidence: Evidence) -> bool:
    """Return whether a text's own words make a figure part of one that it does not fit."""
    return bool(evidence.alike and evidence.alike.misfit and evidence.alike.misfit.by_words)


def _few_compared(evidence: Evidence, check: Check) -> bool:
    """Return whether some figures fit, and fewer than half were compared."""
    some = len(evidence.linked)
    return check.status in _NOTHING and some >= 2 and 2 * some < _numbered(evidence)


def _numbered(evidence: Evidence) -> int:
    """Return how many figures have a number and are not taken back or set apart."""
    aside = set_aside(evidence.dossier.claims)
    return sum(s.has_number and s.claim not in aside for s in evidence)


def _collide(evidence: Evidence, claims: Sequence[str]) -> str:
    """Return which figures of a conflict cannot all be true."""
    names, many = names_of(evidence, claims), len(claims)
    if many == 1:
        return f"{names} cannot be true as worded."
    why = _part_of_whole(evidence, claims) or divided(evidence, claims)
    return f"{names} cannot {'both' if many == 2 else 'all'} be true as worded{why}."


def _part_of_whole(evidence: Evidence, claims: Sequence[str]) -> str:
    """Return that of two places one lies in the other, "" where they do not."""
    places = [evidence.statements[claim].place for claim in claims]
    for part, whole in (places, places[::-1]) if len(places) == 2 else ():
        if part != whole and part and evidence.within("place", part, whole):
            return f": {the_place(part)} is part of {the_place(whole)}"
    return ""


def _if_alike(evidence: Evidence, check: Check) -> str:
    """Return which figures could not all be true if they count the same, "" if none."""
    found = evidence.alike
    if found is None:
        return ""
    unsaid = f" The table does not say of each {listed(found.unsaid)}." if found.unsaid else ""
    if found.misfit:
        return found.misfit.says
    if found.dispute:
        said = counted(evidence, found.claims)
        at_odds = found.dispute.at_odds
        return f"{said}. If they count the same, {at_odds} can be true.{unsaid}"
    heads = headlines(evidence.dossier.claims)
    two = sorted(found.claims, key=lambda claim: claim not in heads)  # the headline's first
    if [claim in heads for claim in two] == [True, False] and not _is_repeated(evidence, two[0]):
        head, body = (name_of(evidence, claim, place=True) for claim in two)
        return (
            f"The headline has {head}, the text {body}: both only if they count different things."
        )
    alike = "If they count the same"
    if found.row is not None and found.row.readings_hold:
        alike += f", and {read_as(evidence, check.variables, found.row.readings_fail[0])}"
    return f"{alike}, {_collide(evidence, found.claims)}{unsaid}"


def _is_repeated(evidence: Evidence, claim: str) -> bool:
    """Return whether the text has the headline's number, too: then its other one is of another."""
    head = evidence.statements[claim]
    same = [
        s for s in evidence if (s.low, s.high, s.measure) == (head.low, head.high, head.measure)
    ]
    return len(same) > 1


def _two_scopes(evidence: Evidence) -> str:
    """Return that a ratio is of a part and the counts beside it of the whole, "" if not so."""
    found = evidence.caps
    if found.empty:
        return ""
    cap = next(tuples_of(found.head(1)))
    counts = [evidence.statements[claim] for claim in (cap.given, cap.per_claim)]
    ratio = evidence.statements[cap.claim]
    bounded = "at most " if any(s.is_bound for s in counts) else ""
    gives = (
        "" if math.isnan(cap.quotient_high) else f" and give {bounded}{to_one(cap.quotient_high)}"
    )
    said = " and ".join(s.figure for s in counts)
    figure = f"{ratio.figure} to 1"
    return f"{figure} is for {cap.part}. {said} are for all of {cap.whole}{gives}. Say so."


def _only_if(evidence: Evidence, check: Check) -> str:
    """Return the assumptions of ours under which the figures collide: those of one conflict."""
    named = thresholds(check.conflicts, evidence.dossier)
    if named.empty:
        ours = {name for names in check.sets["assumptions"] for name in names}
        unless = " or ".join(said for name, said in OURS.items() if name in ours)
        return f"As worded they can all be true, unless {unless}."
    nearest = named["conflicts"].iloc[0].split(", ")[0]
    own = check.sets.set_index("conflict").at[nearest, "assumptions"]
    rows = named[named["assumption"].isin(own)].drop_duplicates("assumption")
    taken = [f"{row.what} is taken to be {span(row.low, row.high)}" for row in tuples_of(rows)]
    taken = listed([*taken, *(OURS[name] for name in own if name in OURS)])
    said = "As worded they can all be true. They collide only if"
    return f"{said} {taken}, which the text does not say."
