"""What the panel says of a state, as HTML: how it stands, the text, a conflict, what is implied.

Whatever comes from the dossier is shown as text.
"""

from __future__ import annotations

import html
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from bakhmut.base.sentences import listed, quoted
from bakhmut.base.words import count
from bakhmut.consistency.arranged import in_a_line
from bakhmut.consistency.verbs import Quick
from bakhmut.dossier.claims import Dossier
from bakhmut.dossier.doors.frames import tuples_of
from bakhmut.dossier.parsing.notation import parse_number
from bakhmut.dossier.parsing.printed import number_in
from bakhmut.engine.proving.proofs import OTHERWISE, split_lines
from bakhmut.engine.status import STATUS
from bakhmut.views.states import Ends

MOST_QUOTES = 40
MOST_GONE = 3
Key = tuple[tuple[str, ...], tuple[str, ...]]  # the claims and the assumptions of a conflict


def alert(text: str) -> str:
    """Return what could not be done, for a screen reader to say at once."""
    return f'<p role="alert">{html.escape(text)}</p>'


def lines_of(found: Quick, dossier: Dossier) -> dict[Key, str]:
    """Return each conflict in a line of words, numbered, the gravest first."""
    rows = tuples_of(found.conflicts)
    return {
        (row.claims, row.assumptions): f"{n}. {in_a_line(row, dossier)}"
        for n, row in enumerate(rows, 1)
    }


def standing(found: Quick, now: Mapping[Key, str], before: Mapping[Key, str]) -> str:
    """Return the status, and how many conflicts there were as printed and are now."""
    status = STATUS[found.status]
    said = [
        f'<strong class="bakhmut-status" data-status="{html.escape(found.status)}">'
        f"{html.escape(status.heading)}</strong>"
    ]
    if found.is_whole:
        was, are = len(before), len(now)
        words = f"{count(was, 'conflict')} as printed, {are} as moved"
        told = f"{was} → {are} conflicts" if now != before else count(are, "conflict")
        said.append(
            f' <strong class="bakhmut-moved-to"><span aria-hidden="true">{told}</span>'
            f'<span class="bakhmut-unseen">{words}</span></strong>'
        )
    said.append(f"<p>{html.escape(status.sentence)}</p>")
    gone = [line.partition(". ")[2] for key, line in before.items() if key not in now]
    if gone and found.is_whole:
        said.append(f"<p>Gone: {html.escape(listed(gone, most=MOST_GONE))}.</p>")
    return f'<div role="status">{"".join(said)}</div>'


@dataclass(frozen=True)
class Quote:
    """Words of the text, the claims that they state, and where the numbers of these stand."""

    words: str
    claims: tuple[str, ...]
    spans: dict[str, tuple[int, int]]


def quotes_of(dossier: Dossier) -> list[Quote]:
    """Return the quotes in the order of the text, each once."""
    found: dict[str, dict[str, tuple[int, int] | None]] = {}
    for row in tuples_of(dossier.claims):
        number = number_in(row.quote, (row.low, row.high))
        found.setdefault(row.quote, {})[row.claim] = number.span() if number else None
    return [
        Quote(words, tuple(own), {claim: span for claim, span in own.items() if span})
        for words, own in found.items() if words
    ]  # fmt: skip


def text(quotes: Iterable[Quote], moved: Mapping[str, str], lit: Collection[str]) -> str:
    """Return the quotes: numbers marked, what was moved beside them.

    Parameters
    ----------
    quotes
        As `quotes_of` returns them.
    moved
        What the figure of a claim has been moved to, in words.
    lit
        The claims of the conflict that is looked at.
    """
    every, items = list(quotes), []
    for quote in every:
        is_lit = not set(lit).isdisjoint(quote.claims)
        if len(items) < MOST_QUOTES or is_lit or not moved.keys().isdisjoint(quote.claims):
            items.append(_item(quote, moved, is_lit=is_lit))
    if not items:
        return ""
    left = len(every) - len(items)
    rest = f"<p>and {count(left, 'more quote')}.</p>" if left else ""
    return f'<h3>The text</h3><ul class="bakhmut-text">{"".join(items)}</ul>{rest}'


def _item(quote: Quote, moved: Mapping[str, str], *, is_lit: bool) -> str:
    """Return one quote with its numbers marked, and whether it is in the conflict looked at."""
    marks: dict[tuple[int, int], str] = {}
    for claim, span in quote.spans.items():
        marks[span] = marks.get(span) or moved.get(claim, "")
    parts, at, words = [], 0, quote.words
    for (start, end), now in sorted(marks.items()):
        if start >= at:
            number = html.escape(words[start:end])
            mark = f"<del>{number}</del> <ins>{html.escape(now)}</ins>" if now else number
            parts += [html.escape(words[at:start]), f"<mark>{mark}</mark>"]
            at = end
    parts.append(html.escape(words[at:]))
    unmarked = {moved[c] for c in quote.claims if c in moved and c not in quote.spans}
    rest = "".join(f" <mark><ins>{html.escape(now)}</ins></mark>" for now in sorted(unmarked))
    kind, told = (
        (' class="bakhmut-lit"', " <small>in this conflict</small>") if is_lit else ("", "")
    )
    return f"<li{kind}>“{''.join(parts)}”{rest}{told}</li>"


def implied(rows: Iterable[tuple[str, str]]) -> str:
    """Return what follows as a table, "" of nothing."""
    body = "".join(
        f'<tr><th scope="row">{html.escape(what)}</th><td>{html.escape(told)}</td></tr>'
        for what, told in rows
    )
    if not body:
        return ""
    head = '<thead><tr><th scope="col">Quantity</th><th scope="col">Implied</th></tr></thead>'
    return f"<table><caption>What follows</caption>{head}<tbody>{body}</tbody></table>"


def conflict(rows: pd.DataFrame, dossier: Dossier) -> str:
    """Return a conflict with its proof, "" of none."""
    if rows.empty:
        return ""
    row: Any = rows.iloc[0]
    parts, remark = split_lines(row["proof"])
    first, *others = ("".join(f"<p>{html.escape(line)}</p>" for line in part) for part in parts)
    shown = first + "".join(
        f"<details><summary>{OTHERWISE}</summary>{lines}</details>" for lines in others
    )
    shown += f"<p>{html.escape(remark)}</p>" if remark else ""
    quotes = dict(zip(dossier.claims["claim"], dossier.claims["quote"], strict=True))
    title = listed(quoted(quotes[claim]) if quotes[claim] else claim for claim in row["claims"])
    return (
        f"<h3>Why not all of it can be true: {html.escape(title)}</h3>"
        f'<p>{html.escape(row["because"])}</p><div class="bakhmut-proof">{shown}</div>'
    )


def moved_to(ends: Ends) -> str:
    """Return what a figure was moved to, thousands set off."""
    low, high = (f"{float(parse_number(end)):,g}" if end else "" for end in ends)
    return " to ".join(dict.fromkeys(filter(None, (low, high))))
