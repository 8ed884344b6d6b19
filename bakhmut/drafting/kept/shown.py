"""A draft as it is shown: a row a figure, with what in it is not sure."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import NamedTuple

import pandas as pd

from bakhmut.base.words import count
from bakhmut.dossier.derived import is_open
from bakhmut.dossier.tables import PER, SCOPE

MOST_ROWS = 200
LONGEST_HEADLINE = 160
# From what stands in the same words to what nothing was found for.
SURE = ("read", "inferred", "carried", "blank")
HEADS = ("Figure", "What it counts", "Who says so", "How sure")
_UNSURE = {"blank": "no {}", "carried": "{} carried over", "inferred": "{} inferred"}


def headline(text: str) -> str:
    """Return the first line of a text where it is as short as a headline, else ""."""
    first = text.strip().split("\n", 1)[0].strip()
    return first if len(first) <= LONGEST_HEADLINE else ""


class Shown(NamedTuple):
    """One figure in words: its claim, the number as printed, scope, source, what is not sure."""

    claim: str
    figure: str
    counts: str
    who: str
    sure: str


def rows(claims: pd.DataFrame, evidence: pd.DataFrame) -> Iterator[Shown]:
    """Yield a row for each claim, in the order of the text."""
    numbers = evidence[evidence["field"].eq("number")].set_index("claim")["value"].to_dict()
    own = {claim: rows for claim, rows in evidence.groupby("claim", sort=False)}
    for row in claims.to_dict("records"):
        claim = row["claim"]
        scope = ", ".join(filter(None, (row[column] for column in SCOPE)))
        per = ", ".join(filter(None, (row[column] for column in PER)))
        yield Shown(
            claim,
            numbers.get(claim) or row["low"] or row["high"] or row["quote"],
            f"{scope or 'not stated'} per {per}" if per else scope or "not stated",
            " via ".join(filter(None, (row["source"], row["via"]))) or "the text",
            unsure(own.get(claim, evidence.iloc[:0])) or "read",
        )


def unsure(evidence: pd.DataFrame) -> str:
    """Return which cells of a claim nobody confirmed or wrote as they stand, "" if there are none.

    Takes the evidence of one claim.
    """
    open_ = evidence[list(map(is_open, evidence["sure"], evidence["confirmed"]))]
    told = []
    for sure, words in _UNSURE.items():
        fields = dict.fromkeys(open_.loc[open_["sure"].eq(sure), "field"])
        if fields:
            told.append(words.format(", ".join(one.replace("per_", "per ") for one in fields)))
    return "; ".join(told)


def as_html(claims: pd.DataFrame, evidence: pd.DataFrame) -> str:
    """Return a draft as a table; all of it is text, and nothing in it is a tag."""
    found = list(rows(claims.head(MOST_ROWS), evidence))
    head = "".join(f'<th scope="col">{name}</th>' for name in HEADS)
    body = "".join(
        f'<tr><th scope="row">{escape(one.figure)}</th><td>{escape(one.counts)}</td>'
        f"<td>{escape(one.who)}</td><td>{escape(one.sure)}</td></tr>"
        for one in found
    )
    more = len(claims) - len(found)
    caption = f"{count(len(claims), 'figure')} found" + (
        f", the first {len(found)} shown" if more else ""
    )
    head = f"<caption>{caption}</caption><thead><tr>{head}</tr></thead>"
    return f"<table>{head}<tbody>{body}</tbody></table>"
