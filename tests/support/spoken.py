"""Every sentence that is said of a dossier, and the numbers in it that have lost their hedge.

A figure printed as a bound ("at least 900", "about 400") must never be said as a point. What is
looked at is told part by part, without running a notebook: the brief, the terminal, the page but
for its tables of the dossier as coded, the notebooks' answers, alt texts and labels.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Any, NamedTuple

import pandas as pd
from bs4 import BeautifulSoup

from bakhmut.cli.shown.first import check_screen, note
from bakhmut.cli.shown.full import full_table
from bakhmut.dossier.claims import Dossier
from bakhmut.dossier.parsing.hedging import phrases, table
from bakhmut.dossier.parsing.notation import parse_number
from bakhmut.findings import answers
from bakhmut.findings.summary import Outcome, examine, summarize
from bakhmut.meaning.interpretation import interpret

QUOTED = re.compile(r"“[^“”]*”")
NUMBER = re.compile(
    r"(?<![\w.,-])\d(?:[\d,'’\u00a0\u202f]*\d)?(?:\.\d+)?"
    r"(?: ?(?:%|(?:thousand|million|billion)\b))?"
)
# What a number may stand in besides: a row of a proof, the end of one, what an edit would print.
SUMS = re.compile(r"[≤≥<>=]|would have to be|stands for|^\d+ × ")
EXACT = re.compile(r"exactly|as an exact number|its range becomes", re.IGNORECASE)
DATE = re.compile(r"\b\d{4}-\d{2}(?:-\d{2})?(?:/\d{4}-\d{2}(?:-\d{2})?)?")
RANGE = re.compile(r" \d[\d,.]*(?: ?%)? to$")  # "about 5 to 7" has its hedge before both
ADDRESS = re.compile(r"\S+://\S+")


class Bound(NamedTuple):
    """A number that stands in claims only as a bound: those claims, and how they may say it."""

    claims: tuple[str, ...]
    words: frozenset[str]


def bounds_of(claims: pd.DataFrame) -> dict[Any, Bound]:
    """Return the numbers that only stand in claims as a bound, by their value."""
    bound: dict[Any, Bound] = {}
    point = set()
    for row in claims.itertuples(index=False):
        words = {one.said for one in phrases(row.hedge)} - {"exact", "difference", "may"}
        if not words and bool(row.low) != bool(row.high):
            words = {"at least" if row.low else "up to"}
        for text in {row.low, row.high} - {""}:
            number = parse_number(text)
            # A small number may be one of claims or readings.
            if words and (number >= 13 or text.endswith("%")):
                before = bound.get(number, Bound((), frozenset()))
                bound[number] = Bound((*before.claims, row.claim), before.words | words)
            else:
                point.add(number)
    return {number: one for number, one in bound.items() if number not in point}


def bare(sentence: str, bounds: dict[Any, Bound]) -> list[str]:
    """Return the numbers of a sentence that are bounds and are said as points, or otherwise."""
    plain = ADDRESS.sub("", DATE.sub("", QUOTED.sub("“”", sentence)))
    if SUMS.search(plain) or EXACT.search(plain):
        return []
    lost = []
    for found in NUMBER.finditer(plain):
        number = _value(found[0])
        before, behind = plain[: found.start()].lower().rstrip(), plain[found.end() :].strip()
        if number in bounds and not _hedges(before, behind, bounds[number].words):
            lost.append(f"{found[0]} of {bounds[number].claims} in {sentence!r}")
    return lost


def _value(text: str) -> Fraction | None:
    try:
        return parse_number(text.replace("\u00a0", ",").replace("\u202f", ","))
    except ValueError:  # digits of no number of ours
        return None


def _hedges(before: str, behind: str, words: frozenset[str]) -> bool:
    """Return whether one of the words stands at a number, or another phrase for it."""
    said = re.split(r"[\s(]+", RANGE.sub("", before))
    near = [" ".join(said[-n:]).strip("“‘(") for n in range(1, 6)]
    around = any(one in table() and table()[one].said in words for one in near)
    return around or any(behind.startswith(word) for word in words if word.startswith("±"))


# -- what is said ------------------------------------------------------------------------------


def said_of(dossier: Dossier, *, page: bool = False, pictures: bool = False) -> Iterator[str]:
    """Yield every sentence that is said of a dossier, but for what its figures imply as ranges."""
    outcomes = examine(dossier)
    yield from _terminal(dossier, outcomes)
    yield from _objects(dossier, outcomes)
    for one in outcomes:
        yield from _answers(one)
    if page:
        yield from _page(dossier, outcomes)
    if pictures:
        yield from _pictures(dossier, outcomes[0])


def unfolded(lines: Iterator[str]) -> list[str]:
    """Return lines with those joined that were broken at the width of a terminal."""
    found: list[str] = []
    ended = True
    for line in lines:
        begins = ended or not line.strip() or re.match(r" ?\d+  |[A-Z]+  |  [!(]", line)
        if begins:
            found.append(line.strip())
        else:
            found[-1] += f" {line.strip()}"
        ended = line.rstrip().endswith((".", ":", "”")) or not line.strip()
    return found


def _paint(text: str, **_: Any) -> str:
    return text


def _terminal(dossier: Dossier, outcomes: list[Outcome]) -> Iterator[str]:
    yield from unfolded(check_screen(outcomes, _paint))
    yield from note(dossier, outcomes)
    shown = unfolded(full_table(outcomes, _paint))
    cut = next((n for n, line in enumerate(shown) if line.startswith("BOUNDS")), len(shown))
    yield from shown[:cut]


def _objects(dossier: Dossier, outcomes: list[Outcome]) -> Iterator[str]:
    brief = summarize(dossier, outcomes)["brief"]
    yield from (text for text in _texts(brief))
    for one in outcomes:
        yield from one.check.conflicts["because"]
        yield from one.check.notes["because"]
        yield from one.flags["because"]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for one in value.values() for text in _texts(one))
    elif isinstance(value, list):
        yield from (text for one in value for text in _texts(one))


def _answers(one: Outcome) -> Iterator[str]:
    """Yield the sentences of the notebooks: each public function of `answers` that takes these."""
    given = {"dossier": one.dossier, "check": one.check, "conflicts": one.check.conflicts}
    for function in vars(answers).values():
        if inspect.isfunction(function) and function.__module__ == answers.__name__:
            names = list(inspect.signature(function).parameters)
            if not function.__name__.startswith("_") and set(names) <= given.keys():
                said = function(**{name: given[name] for name in names})
                yield from [said] if isinstance(said, str) else said


def page_of(dossier: Dossier, outcomes: list[Outcome], *, together: bool = False) -> BeautifulSoup:
    """Return the page of a dossier without its notebooks."""
    from bakhmut.report.page import ReportRequest, Results, build_page

    request = ReportRequest(dossier, name=dossier.name, together=together)
    text = build_page(request, Results(outcomes, interpret(dossier)), [])
    return BeautifulSoup(text, "html.parser")


def _page(dossier: Dossier, outcomes: list[Outcome]) -> Iterator[str]:
    page = page_of(dossier, outcomes)
    for tag in page(["script", "style", "details", "blockquote", "q"]):
        if tag.name != "details":
            tag.decompose()
    yield from sentences_of(page)


def sentences_of(page: BeautifulSoup) -> Iterator[str]:
    """Yield the text of each block of a page, and its alt texts, without what is quoted or coded.

    Tables of what follows have ranges of their own; those of the dossier are as it is coded.
    """
    for coded in page.select("#dossier, .dossier, table"):
        caption = coded.find("caption") if coded.name == "table" else None
        is_coded = coded.name != "table" or "Implied" in (caption.get_text() if caption else "")
        if is_coded or _is_csv(coded):
            coded.decompose()
    for shown in page.find_all("table"):
        heads = [cell.get_text(strip=True) for cell in shown.find_all("th")]
        for row in shown.find_all("tr") if "quote" in heads else ():
            row.find_all(["td", "th"])[heads.index("quote")].decompose()
    for tag in page.find_all(["p", "li", "td", "th", "h1", "h2", "h3", "dd", "figcaption", "text"]):
        said = tag.get_text(" ", strip=True)
        if tag.name != "text" or not NUMBER.fullmatch(said):  # the numbers of an axis
            yield said
    for tag in page.find_all(True):
        for name in ("alt", "aria-label", "title"):
            if isinstance(said := tag.get(name), str):
                yield from re.split(r"(?<=[.;]) ", said)


def _is_csv(tag: Any) -> bool:
    heads = {cell.get_text(strip=True) for cell in tag.find_all("th")}
    return bool({"low", "high"} & heads)


def _pictures(dossier: Dossier, one: Outcome) -> Iterator[str]:
    """Yield the alt text and the labels of each figure of a dossier."""
    from bakhmut import figures
    from bakhmut.figures.style import alt_text

    drawn = [
        figures.plot_losses_against_ratios(dossier),
        figures.plot_ratio_elsewhere(dossier),
        figures.plot_coverage(dossier),
        figures.plot_relays(dossier),
        figures.plot_reading_matrix(one.check),
        figures.plot_thresholds(one.check, dossier),
        figures.plot_reported_ranges(dossier.claims),
    ]
    for ax in drawn:
        yield from re.split(r"(?<=[.;]) ", alt_text(ax))
        yield from (text.get_text() for text in ax.texts)
        yield from (ax.get_title(), ax.get_xlabel(), ax.get_ylabel())


def lost_in(dossier: Dossier, **what: bool) -> list[str]:
    """Return every number that lost its hedge in what is said of a dossier."""
    bounds = bounds_of(dossier.claims)
    if not bounds:
        return []
    own = [*dossier.terms["because"], *dossier.readings["because"], *dossier.assumptions["because"]]
    coded = re.compile("|".join(map(re.escape, filter(None, own))) or r"(?!)")  # the coder's words
    sentences = (coded.sub("", one) for one in said_of(dossier, **what))
    return list(dict.fromkeys(lost for one in sentences for lost in bare(one, bounds)))
