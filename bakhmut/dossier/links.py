"""Links between rows that lead nowhere, or back to their start.

Both walks run without recursion and in time linear in the rows: a chain may be as long as a table.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from bakhmut.dossier.parsing.notation import parse_sum
from bakhmut.dossier.problems import COMPARED_NAMES, Problem
from bakhmut.dossier.tables import Table

_SHOWN_OF_CHAIN = 6


def circular_repeats(table: Table) -> Iterator[Problem]:
    """Yield restatements of a claim that is not there, and chains that come back to their start."""
    cells = zip(table.column("claim"), table.column("repeats"), strict=True)
    rows = {claim: (number, to) for number, (claim, to) in zip(table.numbers, cells, strict=True)}
    for number, repeats in rows.values():
        if repeats and repeats not in rows:
            what = "is not a claim of this table; name the claim that this one restates"
            near = tuple(islice(rows, COMPARED_NAMES))
            yield table.problem(what, number, column="repeats", value=repeats, near=near)
    links = {claim: [repeats] for claim, (_, repeats) in rows.items() if repeats}
    for circle in _circles(links):
        number, repeats = rows[circle[0]]
        what = f"closes a circle of restatements ({_chain(circle)}); one must be the first"
        yield table.problem(what, number, column="repeats", value=repeats)


def _circles(links: Mapping[Any, Iterable[Hashable]]) -> Iterator[list[Any]]:
    """Yield each circle met on a walk over `links`, its first few nodes; no recursion."""
    done: set[Hashable] = set()
    for start in (node for node in links if node not in done):
        path, place, branches = [start], {start: 0}, [iter(links[start])]
        while path:
            node = next(branches[-1], None)
            if node is None:
                branches.pop()
                done.add(path[-1])
                del place[path.pop()]
            elif node in place:
                yield path[place[node] : place[node] + _SHOWN_OF_CHAIN + 1]
            elif node in links and node not in done:
                place[node] = len(path)
                path.append(node)
                branches.append(iter(links[node]))


def _chain(names: list[str]) -> str:
    shown = [*names[:_SHOWN_OF_CHAIN], *(["..."] if len(names) > _SHOWN_OF_CHAIN else [])]
    return " > ".join(name[:40] for name in [*shown, names[0]])


def circular_terms(table: Table) -> Iterator[Problem]:
    """Yield terms that are part of themselves, at once or through others."""
    parts: dict[tuple[str, str], list[tuple[str, str]]] = {}
    numbers: dict[tuple[str, str], int] = {}
    for number, row in table.records():
        numbers.setdefault((row["kind"], row["term"]), number)
        try:
            names, _ = parse_sum(row["means"])
        except ValueError:
            continue
        links = parts.setdefault((row["kind"], row["term"]), [])
        links.extend((row["kind"], name) for name in names)
    for circle in _circles(parts):
        chain = _chain([name for _, name in circle])
        what = f"is part of itself ({chain}); a term is made of smaller ones"
        yield table.problem(what, numbers[circle[0]], column="term", value=circle[0][1])
