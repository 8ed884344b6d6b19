"""Small dossiers for tests, written as the rows of their tables."""

from __future__ import annotations

from math import prod

from bakhmut.dossier.claims import Dossier, build_dossier

SCOPE = ("side", "measure", "place", "period")
WAR = "2022-02-24/2023-03-06"


def count(claim: str, low: str = "", high: str = "", **cells: str) -> dict[str, str]:
    """Return a count: people killed on side A in the land during the war, unless said otherwise."""
    scope = {"side": "A", "measure": "killed", "place": "Land", "period": WAR}
    return {"claim": claim, "source": claim, **scope, "low": low, "high": high, **cells}


def exactly(claim: str, figure: str, **cells: str) -> dict[str, str]:
    """Return a count with one figure."""
    return count(claim, figure, figure, **cells)


def ratio(claim: str, low: str = "", high: str = "", **cells: str) -> dict[str, str]:
    """Return a ratio: side A's killed to side B's, same place and period."""
    row = count(claim, low, high, **{k: v for k, v in cells.items() if not k.startswith("per_")})
    per = {f"per_{c}": row[c] for c in SCOPE} | {"per_side": "B"}
    return {**row, **per, **{k: v for k, v in cells.items() if k.startswith("per_")}}


def term(kind: str, word: str, means: str, reading: str = "") -> dict[str, str]:
    """Return one row of what words mean."""
    return {"kind": kind, "term": word, "reading": reading, "means": means, "because": "test"}


def wounded_per_killed(low: str, high: str, side: str = "A", **cells: str) -> dict[str, str]:
    """Return an assumption that holds in every place and period."""
    each = {"place": "each", "period": "each", "per_place": "each", "per_period": "each"}
    return {
        "assumption": f"wpk-{side.lower()}", "tier": "plausible",
        "side": side, "measure": "wounded", "per_side": side, "per_measure": "killed",
        "low": low, "high": high, "because": "test", **each, **cells,
    }  # fmt: skip


WORDS = [
    term("measure", "casualties", "killed + wounded", "narrow"),
    term("measure", "casualties", "killed + wounded + missing", "wide"),
    term("measure", "lost", "killed", "dead"),
    term("measure", "lost", "killed + wounded", "all"),
    term("measure", "hurt", "killed + wounded"),
    term("place", "Land", "City + Town + ..."),
    term("side", "A", "Guards + ..."),
]


def dossier(claims: list[dict], terms: list[dict] | None = None, **tables: list[dict]) -> Dossier:
    """Return a dossier of claims and, unless given, the words above."""
    return build_dossier({"claims": claims, "terms": WORDS if terms is None else terms, **tables})


def conflicts_of(frame) -> set[frozenset[str]]:
    """Return the sets of claims and assumptions of a frame of conflicts."""
    return {
        frozenset((*row.claims, *row.assumptions))
        for row in frame.itertuples()
        if row.status != "not-checkable"
    }


def every_reading(check) -> int:
    """Return how many combinations of all words' readings hold, those of no account included.

    A check counts the words of claims that are compared; any reading of the others holds.
    """
    every = prod(len(readings) for readings in check.variables["readings"])
    return check.readings_consistent * every // check.readings_total


BOUNDS_LEFT = ("bounds: ", "bounds are given for ")


def left_open(check) -> list[str]:
    """Return what is not decided of a verdict: of bounds a limit that is said is an answer."""
    return [said for said in check.undecided if not said.startswith(BOUNDS_LEFT)]


def said_otherwise(check, sets, holding, *, without=frozenset()) -> str:
    """Return which sets or readings a check has otherwise than a judge, "" where none.

    `without` are names that the judge does not tell in its sets.
    """
    own = {one - without for one in conflicts_of(check.conflicts)}
    if own != sets:
        more, less = (sorted(map(sorted, some)) for some in (own - sets, sets - own))
        return f"sets too many {more}, missing {less}"
    if every_reading(check) != holding:
        return f"{every_reading(check)} readings hold; the judge: {holding}"
    return ""
