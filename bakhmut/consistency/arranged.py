"""A check arranged for reading: the reading matrix as a tree, thresholds, telling bounds.

The tree shows which word decides, and what all rows that agree so far share.

A matrix of hundreds of rows says little to the eye. The tree asks first for the word that tells
most of the verdicts apart, then the next on each branch, and joins readings that lead to the
same verdicts. Nothing is lost but the order of the rows, unless the tree is cut short.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import prod
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from bakhmut.base.sentences import first_words, listed, quoted
from bakhmut.base.words import bound, gone_of, span
from bakhmut.dossier.claims import Dossier
from bakhmut.dossier.doors.frames import tuples_of
from bakhmut.dossier.parsing.notation import parse_number
from bakhmut.meaning.readings import OURS

if TYPE_CHECKING:
    from bakhmut.consistency.verbs import Check


@dataclass(eq=False)
class Branch:
    """Rows of a reading matrix that agree so far: an end, or a question with its answers.

    `then` has a pair for each answer to the question `ask`: the readings that lead there (more
    than one where they lead to the same verdicts), and the branch below.
    """

    rows: pd.DataFrame
    names: list[str]
    ask: str = ""
    then: list[tuple[tuple[str, ...], Branch]] = field(default_factory=list)


def reading_tree(matrix: pd.DataFrame, *, most_ends: int = 14) -> Branch:
    """Return a reading matrix as a tree with at most about `most_ends` ends.

    Parameters
    ----------
    matrix
        a column for each variable besides `reading`, `status` and `conflicts`.
    most_ends
        where more would be needed, the least mixed ends stay mixed.
    """
    names = [name for name in matrix.columns if name not in ("reading", "status", "conflicts")]
    tree = Branch(matrix, names)
    ends = [tree]
    while len(ends) < most_ends:
        mixed = [end for end in ends if end.names and end.rows["status"].nunique() > 1]
        if not mixed:
            break
        end = max(mixed, key=lambda one: _disorder(one.rows))
        ends.remove(end)
        _split(end)
        ends += [branch for _, branch in end.then]
    return _merge(tree)


def stands_for(check: Check) -> int:
    """Return how many combinations of all readings each row of the matrix stands for.

    The matrix leaves out readings that change nothing, so each row stands for as many; 1 where it
    was cut short.
    """
    matrix = check.readings
    names = [name for name in matrix.columns if name not in ("reading", "status", "conflicts")]
    whole = prod(matrix[name].nunique() for name in names) == len(matrix) > 0
    return check.readings_total // len(matrix) if whole else 1


def holding(check: Check) -> int | None:
    """Return how many combinations of readings hold with the assumptions in force; None unknown."""
    each = stands_for(check)
    if each * len(check.readings) != check.readings_total:
        return None
    return int(check.readings["status"].eq("consistent").sum()) * each


def _split(end: Branch) -> None:
    """Ask at this end for the word that leaves least disorder below."""
    end.ask = min(
        end.names,
        key=lambda name: sum(_disorder(part) for _, part in end.rows.groupby(name, sort=False)),
    )
    left = [name for name in end.names if name != end.ask]
    end.then = [
        ((str(reading),), Branch(rows, left))
        for reading, rows in end.rows.groupby(end.ask, sort=False)
    ]


def _disorder(rows: pd.DataFrame) -> float:
    """Return the entropy of the verdicts, weighted by the number of rows."""
    share = rows["status"].value_counts(normalize=True)
    return float(-(share * np.log(share)).sum() * len(rows))


def _merge(tree: Branch) -> Branch:
    """Return the tree with answers that lead to the same verdicts on one branch."""
    alike: dict[str, tuple[tuple[str, ...], Branch]] = {}
    for readings, branch in tree.then:
        key = _shape(_merge(branch))
        have, other = alike.get(key, ((), None))
        alike[key] = (have + readings, branch if other is None else _join(other, branch))
    tree.then = list(alike.values())
    return tree


def _shape(branch: Branch) -> str:
    if not branch.then:
        return repr(sorted(branch.rows["status"].unique()))
    return repr((branch.ask, [(readings, _shape(below)) for readings, below in branch.then]))


def _join(one: Branch, other: Branch) -> Branch:
    rows = pd.concat([one.rows, other.rows])
    then = [
        (readings, _join(below, twin))
        for (readings, below), (_, twin) in zip(one.then, other.then, strict=True)
    ]
    return Branch(rows, one.names, one.ask, then)


def thresholds(conflicts: pd.DataFrame, dossier: Dossier) -> pd.DataFrame:
    """Return the values of assumptions at which conflicts dissolve, the nearest first.

    Returns
    -------
    DataFrame
        assumption, what (in words), low, high (its range), bound (the end that would have to
        move), value, exact (as a fraction), conflicts (names), claims (ids).
    """
    ranges = dossier.assumptions.set_index("assumption")
    rows = [
        {**one, "conflicts": conflict.conflict, "claims": conflict.claims}
        for conflict in tuples_of(conflicts)
        for one in conflict.thresholds
        if one["assumption"] in ranges.index
    ]
    columns = [
        "assumption",
        "what",
        "low",
        "high",
        "bound",
        "value",
        "exact",
        "conflicts",
        "claims",
    ]
    if not rows:
        return pd.DataFrame(columns=columns)
    same = ["assumption", "bound", "value", "exact"]
    frame = pd.DataFrame(rows).groupby(same, sort=False, as_index=False).agg(list)
    frame["conflicts"] = frame["conflicts"].map(", ".join)
    frame["claims"] = frame["claims"].map(lambda found: tuple(dict.fromkeys(sum(found, ()))))
    frame["what"] = [about(ranges.loc[name]) for name in frame["assumption"]]
    for end in ("low", "high"):
        texts = frame["assumption"].map(ranges[end])
        frame[end] = [float(parse_number(text)) if text else float("nan") for text in texts]
    ends = frame["low"].where(frame["bound"].eq("low"), frame["high"])
    frame["apart"] = (frame["value"] / ends - 1).abs()
    return frame.sort_values("apart", kind="stable")[columns].reset_index(drop=True)


def what_ifs(dossier: Dossier) -> tuple[str, ...]:
    """Return the what-if assumptions that set one side against another."""
    rows = dossier.assumptions
    rows = rows[rows["tier"].eq("what-if") & rows["per_side"].ne("")]
    return tuple(rows.loc[rows["side"].ne(rows["per_side"]), "assumption"])


def resting_on(conflicts: pd.DataFrame, assumptions: Iterable[str]) -> pd.DataFrame:
    """Return the conflicts that need at least one of the assumptions."""
    wanted = set(assumptions)
    keep = [not wanted.isdisjoint(used) for used in conflicts["assumptions"]]
    return conflicts.loc[keep].reset_index(drop=True)


def certain_bounds(check: Check) -> list[Any]:
    """Return what holds under every reading, of quantities that are one thing alone.

    Of several things under one name what is not stated differs: no row says which is which.
    """
    rows = [row for row in tuples_of(check.bounds) if not row.reading]
    often = Counter(row.quantity for row in rows)
    return [row for row in rows if often[row.quantity] == 1]


def telling_bounds(check: Check) -> pd.DataFrame:
    """Return what the claims allow for each quantity: under every reading, and at the narrowest.

    Quantities of which nothing more is known than that they are there are left out.

    Returns
    -------
    DataFrame
        quantity, always (a range in words that holds under every reading), narrowest (the one
        with the lowest upper end under some reading), reading (that one).
    """
    rows = []
    for quantity, group in check.bounds.groupby("quantity", sort=False):
        kind = group["kind"].iloc[0]
        every = group[group["reading"].map(len).eq(0)]
        if len(every) > 1:
            continue  # several things under one name, of which what is not stated differs
        tight = group.sort_values(["high", "low"], ascending=[True, False], kind="stable").iloc[0]
        if _says_nothing(kind, tight["low"], tight["high"]):
            continue
        always = [bound(kind, row.low, row.high) for row in tuples_of(every)]
        rows.append(
            {"quantity": quantity, "always": (always or ["depends on the reading"])[0],
             "narrowest": bound(kind, tight["low"], tight["high"]), "reading": tight["reading"]}
        )  # fmt: skip
    return pd.DataFrame(rows, columns=["quantity", "always", "narrowest", "reading"])


def _says_nothing(kind: str, low: float, high: float) -> bool:
    return (low < 0.001 and high == 1) if kind == "share" else (np.isnan(high) and low <= 1)


def left_open(check: Check) -> pd.DataFrame:
    """Return the sentences on what was not decided, one a row."""
    return pd.DataFrame({"what was left undecided": list(check.undecided)})


def assumed_in_words(name: str, dossier: Dossier) -> str:
    """Return an assumption in words with its range: `Russia, wounded per killed, at least 2`."""
    if name in OURS:
        return f"the assumption that {OURS[name]}"
    names = dossier.assumptions["assumption"].tolist()
    if name not in names:
        return quoted(name.replace("-", " "))
    row = dossier.assumptions.iloc[names.index(name)]
    ends = [float(parse_number(row[end])) if row[end] else np.nan for end in ("low", "high")]
    return f"{about(row)} {span(*ends)}"


def in_a_line(row: Any, dossier: Dossier) -> str:
    """Return a conflict in a line: the first words of its figures, and what it rests on."""
    claims = dossier.claims
    quotes = dict(zip(claims["claim"], claims["quote"], strict=True))
    said = (first_words(quotes[claim]) if quotes[claim] else claim for claim in row.claims)
    return f"{listed(said, most=3)}: {_rests_on(row, dossier)}"


def _rests_on(row: Any, dossier: Dossier) -> str:
    if row.status == "contradiction":
        return "under every reading"
    if row.status == "contradiction-in-some-readings":
        return "under some readings"
    if row.status == "not-checkable":
        some = ", under some readings" if row.readings_hold else ""
        return f"only if what is not stated is the same{some}"
    if row.status == "undecided":
        return "not decided under every reading"
    if len(row.assumptions) > 1:
        return f"only with {len(row.assumptions)} assumptions of ours"
    return f"only with {assumed_in_words(row.assumptions[0], dossier)}"


def about(row: Any) -> str:
    """Return what an assumption is about, without its range: `Russia, wounded per killed`."""
    below = row["per_measure"] if row["per_side"] in ("", row["side"]) else row["per_side"]
    what = f"{row['measure']} per {below}" if below else row["measure"]
    side = "" if row["side"] == "each" else row["side"]
    return f"{side}, {what}".strip(", ")


def culprits(
    check: Check, dossier: Dossier, named: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return for each conflict that goes with others by one figure what that figure would do.

    A figure that would end one conflict alone is not named: each of its figures would. It goes by
    its quote and its source, or as `named`.
    """
    claims = dossier.claims
    quotes = dict(zip(claims["claim"], claims["quote"], strict=True))
    words = named or {name: first_words(quote) if quote else name for name, quote in quotes.items()}
    told = {}
    for row in tuples_of(check.gives):
        many = len(row.conflicts)
        if many < 2:
            continue
        names = [row.gives, *row.others][:3]
        if row.origin:
            figure = " or ".join(words.get(name, name) for name in names)
            figure += f" ({row.origin})" if len(names) == 1 and not named else ""
        else:
            figure = " or ".join(assumed_in_words(name, dossier) for name in names)
        every = len(check.sets)
        some = gone_of(every, every - many)
        told |= dict.fromkeys(row.conflicts, f"Without {figure}, {some}")
    return told
