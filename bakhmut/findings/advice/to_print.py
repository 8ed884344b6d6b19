"""The sentence to print for a figure: its own words put right, where and when, and who says so.

One template, filled from the tables alone, so that it cannot say what nobody said:

    [side] words [(sides; meaning)] [in place] [(period)], who says so[, giving no period].

`words` are those of the quote, with the hedge that the edit gives before the number, and *n times
more* in its usual wording. Where an edit sets another measure than the quote has, the words are
put together from the cells: *at least 5 killed for every 1 wounded*. What the quote names already
is not said again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from bakhmut.base.sentences import in_place, listed, quoted, with_article
from bakhmut.dossier.derived import stated
from bakhmut.dossier.parsing.hedging import hedges, table
from bakhmut.dossier.parsing.notation import period_in_words
from bakhmut.dossier.parsing.printed import hedge_in_words, number_in

if TYPE_CHECKING:
    import pandas as pd

    from bakhmut.findings.evidence import Evidence, Statement

LONGEST = 160
MOST_NAMED = 4
# What a quote begins with that wants its side before it as the subject.
VERBS = frozenset((
    *("lost", "lose", "loses", "suffered", "suffer", "suffers", "sustained", "took", "has"),
    *("have", "had", "may", "might", "could", "saw", "counted", "recorded", "reported"),
))  # fmt: skip
CUT = re.compile(r"(?:\s+(?:the|an?|of|in|at|on|to|by|for|since|and|as))*[\s.,;:]*$", re.IGNORECASE)
MORE = re.compile(r"\btimes more\b", re.IGNORECASE)
Row = Mapping[str, Any]
_SAYS = re.compile(r"\b(?:said|says|told|put|puts|reported|counted|claimed|gave|gives|estimated)\b")
# Words that have no capital within a sentence.
_SMALL = frozenset((
    *("the", "a", "an", "at", "about", "around", "more", "fewer", "less", "nearly", "some", "up"),
    *("in", "on", "of", "from", "by", "since", "only", "just", "over", "almost", "its", "their"),
    *("his", "her", "there", "it", "they", "he", "she", "we", "as", "and", "to", "for", "no"),
))  # fmt: skip


def sentence(
    evidence: Evidence, claim: str, cells: Row, *, meaning: str = "", first: bool = True
) -> str:
    """Return the sentence to print for a claim, some of its cells otherwise.

    Parameters
    ----------
    evidence
        The dossier's statements; its sources say who has a name.
    claim
        Whose words are taken.
    cells
        The cells that an edit sets, as in claims.csv.
    meaning
        What a word of it is said to mean, for in brackets.
    first
        Whether it begins a sentence.
    """
    statement = evidence.statements[claim]
    row = {**_row(evidence, claim), **cells}
    words = _words(statement, row, cells)
    named, missing = _with_sides(words, row)
    inside = "; ".join(filter(None, [missing, meaning]))
    parts = [named, f"({inside})" if inside else "", _where(words, row), _when(words, row)]
    said = " ".join(" ".join(filter(None, parts)).split())
    told = "" if _tells_who(statement, row) else f", {whose(evidence, row)}"
    silent = ", giving no period" if _gives_no_period(evidence, row) else ""
    said = f"{said[:1].upper()}{said[1:]}" if first else _within(said)
    return f"{said}{told}{silent}."


def _tells_who(statement: Statement, row: Row) -> bool:
    """Return whether the words of a quote say whose figure it is: "Castrel's mayor said 71"."""
    named = bool(row["source"]) and not row["via"] and _names(statement.quote, row["source"])
    return named and bool(_SAYS.search(statement.quote))


def _within(said: str) -> str:
    """Return a sentence as a part of another: a name keeps its capital."""
    head = said.split(" ", 1)[0]
    return f"{said[:1].lower()}{said[1:]}" if head.lower() in _SMALL else said


def whose(evidence: Evidence, row: Row) -> str:
    """Return who says a figure, through whom: `an unnamed official told CNN`.

    Somebody without a name spoke to the first relay; what has a name is quoted, and relayed.
    """
    source, relays = row["source"].strip(), [r.strip() for r in row["via"].split(">") if r.strip()]
    if not source:
        by = f", relayed by {listed(relays)}" if relays else ""
        return f"for which the text names no source{by}"
    known = evidence.sources.get(source)
    unnamed = bool(known) and known.named.strip().lower() == "no"
    if unnamed and relays:
        return f"{with_article(source)} told {relays[0]}"
    by = f", relayed by {listed(relays)}" if relays else ""
    return f"according to {with_article(source)}{by}"


def spoken(statement: Statement) -> str:
    """Return the figure in the words of its quote, with its hedge: `at least five`."""
    found = number_in(statement.quote, statement.printed)
    number = found.group() if found else statement.printed[0] or statement.printed[1]
    return _around(number, statement.hedge, *statement.printed)


def name_of(
    evidence: Evidence, claim: str, *, by: bool = True, place: bool = False, group: bool = False
) -> str:
    """Return a figure in a few words: the number, what it counts, and `by` whom.

    Where (`place`) and of which `group`, "40 children killed", if asked.

    A ratio is so much to 1 for one thing against another, a share so much for one among another.
    """
    statement = evidence.statements[claim]
    figure = "no" if statement.kind == "count" and statement.figure == "0" else statement.figure
    counted = _counted(statement)
    told = statement.kind == "count" and counted.endswith(("ed", "lost", "missing"))
    own = stated(statement.side)
    if group and told and own.islower() and own != statement.source:
        counted = f"{statement.side} {counted}"
    what = " ".join(f"{figure} {counted}".split())
    if place and (where := stated(statement.place)):
        what += f" {in_place(where)}"
    return f"{what} ({statement.source})" if by and statement.source else what


def _counted(statement: Statement) -> str:
    """Return what a figure counts, in words: `killed`, `to 1 for Red against Blue, killed`.

    What both sides of a ratio have in common is said once.
    """
    s = statement
    side, per_side = stated(s.side), stated(s.per_side)
    measure, per_measure = stated(s.measure), stated(s.per_measure)
    if s.kind == "count":
        return measure
    sides, measures = side != per_side, measure != per_measure
    top = " ".join(filter(None, [side * sides, measure * measures]))
    below = " ".join(filter(None, [per_side * sides, per_measure * measures]))
    shared = "" if measures else measure
    if s.kind == "difference":
        return " ".join(f"{top} minus {below} {shared}".split()) if top and below else shared
    if s.is_share or s.is_share_printed:
        whole = " ".join(word for word in (per_side, per_measure) if word not in ("", "all"))
        return f"{top} among {whole}" if whole else top
    set_against = f"{top} against {below}" if top and below else ""
    told = ", ".join(filter(None, [set_against or top, shared]))
    return " ".join(f"to 1 {told and 'for'} {told}".split())


def names_of(evidence: Evidence, claims: Sequence[str], *, most: int = MOST_NAMED) -> str:
    """Return figures in a few words each, their source once where they have the same.

    Where they are of different places, or of different groups, each is said with its own.
    """
    own = [evidence.statements[claim] for claim in claims]
    sources = {statement.source for statement in own}
    alike, places = len(sources) == 1, len({statement.place for statement in own}) > 1
    groups = len({statement.side for statement in own}) > 1
    named = (name_of(evidence, claim, by=not alike, place=places, group=groups) for claim in claims)
    told = listed(named, most=most)
    return f"{told} ({sources.pop()})" if alike and sources != {""} else told


def read_as(evidence: Evidence, words: pd.DataFrame, readings: Mapping[str, str]) -> str:
    """Return what words and figures are read as: `“lost” is read as “killed”`.

    `words` are a check's `variables`.
    """
    known = dict(zip(words["variable"], words["word"], strict=True))
    quotes = {claim: statement.quote for claim, statement in evidence.statements.items()}
    return listed(
        f"{quoted(quotes.get(name) or known.get(name) or name)} is read as {quoted(reading)}"
        for name, reading in readings.items()
    )


def _row(evidence: Evidence, claim: str) -> Row:
    claims = evidence.dossier.claims
    return claims[claims["claim"].eq(claim)].iloc[0].to_dict()


def _words(statement: Statement, row: Row, cells: Row) -> str:
    """Return the words for the figure: the quote's, or those of the cells."""
    own = {"measure": statement.measure, "per_measure": statement.per_measure}
    if not statement.quote or any(cells.get(name, word) != word for name, word in own.items()):
        return _from_cells(row)
    quote = _shortened(CUT.sub("", re.sub(r"\s+", " ", statement.quote).strip()))
    if "hedge" in cells or _has_lost_its_hedge(quote, statement):
        quote = _hedged(quote, row)
    return _as_many(quote)


def _from_cells(row: Row) -> str:
    """Return a figure in the words of its cells."""
    low, high = row["low"], row["high"]
    number = " to ".join(dict.fromkeys(filter(None, (low, high))))
    figure = _around(number, row["hedge"], low, high) if number else "some"
    if row["kind"] != "ratio":
        return f"{figure} {row['measure']}".strip()
    return f"{figure} {row['measure']} for every 1 {row['per_measure']}".replace("  ", " ").strip()


def _around(number: str, hedge: str, low: str, high: str) -> str:
    """Return the words for a number with those that hedge it.

    >>> _around("five", "may; over", "5", ""), _around("30", "± 5 %", "30", "30")
    ('possibly more than five', '30 ± 5 %')
    """
    before, behind = hedge_in_words(hedge, low, high)
    possibly = ["possibly"] if "may" in hedges(hedge) else []
    return " ".join([*possibly, *before, number, *behind])


def _hedged(quote: str, row: Row) -> str:
    """Return a quote with the hedges of a row at its number; where that is not found, after it."""
    low, high = row["low"], row["high"]
    found = number_in(quote, (low, high))
    if found is None:
        return f"{quote} ({_around(low or high, row['hedge'], low, high)})"
    before = quote[: found.start()].split()
    # The hedge that stands there goes: the longest run of words that is one.
    for length in (4, 3, 2, 1):
        if length <= len(before) and _is_hedge(" ".join(before[-length:])):
            before = before[:-length]
            break
    figure = _around(found.group(), row["hedge"], low, high)
    return " ".join([*before, figure]) + quote[found.end() :]


def _has_lost_its_hedge(quote: str, statement: Statement) -> bool:
    """Return whether a quote has the number, but none of the words for how firmly it is said."""
    words = {*chain.from_iterable(hedge_in_words(statement.hedge, *statement.printed))}
    if not words or number_in(quote, statement.printed) is None:
        return False
    plain = " ".join(quote.lower().split())
    alike = [one.phrase for one in table().values() if words & {one.said, one.hedge}] + [*words]
    return not any(re.search(rf"(?<!\w){re.escape(one)}(?!\w)", plain) for one in alike)


def _is_hedge(words: str) -> bool:
    try:
        return bool(hedges(words))
    except ValueError:
        return False


def _as_many(quote: str) -> str:
    """Return a quote with *n times more x than y* as *n times as many x as y*."""
    found = MORE.search(quote)
    if not found:
        return quote
    tail = re.sub(r"\bthan\b", "as", quote[found.end() :], count=1)
    return f"{quote[: found.start()]}times as many{tail}"


def _with_sides(words: str, row: Row) -> tuple[str, str]:
    """Return the words with their side as the subject; and the sides that they do not name."""
    missing = [side for side in (row["side"], row["per_side"]) if side and not _names(words, side)]
    missing = list(dict.fromkeys(missing))
    if missing and missing[0] == row["side"] and words.split(" ", 1)[0].lower() in VERBS:
        words, missing = f"{row['side']} {words}", missing[1:]
    return words, " against ".join(missing)


def _where(words: str, row: Row) -> str:
    place = row["place"]
    return in_place(place) if place and not _names(words, place) else ""


def _when(words: str, row: Row) -> str:
    period = row["period"]
    return f"({period_in_words(period)})" if period and period not in words else ""


def _names(words: str, name: str) -> bool:
    """Return whether words name somebody or some place: Ukraine also as *Ukrainian*."""
    found = re.findall(r"\w+", words.lower())
    stems = [word[: max(4, len(word) - 2)] for word in re.findall(r"\w+", name.lower())]
    return all(any(word.startswith(stem) for word in found) for stem in stems)


def _gives_no_period(evidence: Evidence, row: Row) -> bool:
    """Return whether the figure says no period though others of the dossier do."""
    return not row["period"] and bool(evidence.dossier.claims["period"].ne("").any())


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"
