"""A text beside what was said of the same things later: what moved, and where its ratio stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

import pandas as pd

from bakhmut.base.sentences import listed, quoted
from bakhmut.base.words import to_one
from bakhmut.consistency.verbs import find_conflicts
from bakhmut.dossier.claims import DATA, TABLES, Dossier, build_dossier
from bakhmut.dossier.derived import roots
from bakhmut.drafting.texts import read_dossier
from bakhmut.findings.questions import counts_near, disagreements, figure_of
from bakhmut.views.estimates import FAMILIES, family
from bakhmut.views.quotients import sides
from bakhmut.views.ratios import (
    ESTIMATED,
    REPORTED,
    against,
    counted_ratios,
    estimated_ratios,
    reported_ratios,
)

LATER = DATA / "later"
MOVED = ["moved", "status", "claims", "said", "assumptions", "origins", "margin", "because"]


def then_and_now(path: str | Path | None = None) -> tuple[Dossier, Dossier]:
    """Return a text's dossier and the one with later figures to set beside it.

    Without a path: the article's and the shipped later one. A path to later figures (it has
    claims of the shipped later dossier that the article has not) is set against the article; one
    that shares claims with the article has the shipped later figures set beside it; any other
    dossier stands beside one without claims, for nothing later is known of it.
    """
    article, later = read_dossier(), read_dossier(LATER)
    if path is None:
        return article, later
    given = read_dossier(path)
    own, first, second = (set(d.claims["claim"]) for d in (given, article, later))
    if own & (second - first):
        return article, given
    nothing = replace(given, claims=given.claims[:0])
    return given, (later if own & first else nothing)


def moved_figures(then: Dossier, now: Dossier) -> pd.DataFrame:
    """Return each figure of a text beside its original, its later totals and other voices.

    Returns
    -------
    DataFrame
        One row for a figure that `then` prints and restates nothing else in it: `claim`,
        `printed`, `original` (the words that it restates, where `now` has them), `same_voice`
        (the last figure of the same origin, where there is a later one), `others` (how many other
        origins have a figure), `lowest`, `highest` (of theirs); all for the same side and place
        and a like measure. Each figure with the day up to which it counts, "" where none. Nothing
        where nothing later is known.
    """
    before = then.claims[: None if len(now.claims) else 0]
    rows = []
    first = before[before["repeats"].eq("") & before[["low", "high"]].astype(bool).any(axis=1)]
    for claim in first.to_dict("records"):
        known = now.claims[now.claims["claim"].eq(claim["claim"])]
        voice = known["origin"].iloc[0] if len(known) else claim["origin"]
        like = _alike(claim, now)
        rows.append({
            "claim": claim["claim"],
            "printed": figure_of(claim),
            "original": _original(known, now.claims, before["claim"]),
            "same_voice": _last(claim, like[like["origin"].eq(voice)]),
            **_others(like[like["origin"].ne(voice)]),
        })  # fmt: skip
    columns = ["claim", "printed", "original", "same_voice", "others", "lowest", "highest"]
    return pd.DataFrame(rows, columns=columns)


def _alike(claim: dict, dossier: Dossier) -> pd.DataFrame:
    """Return the claims with a figure for the same side and place, and a like measure."""
    claims = dossier.claims
    same = claims[["low", "high"]].astype(bool).any(axis=1)
    for column in ("kind", "side", "place", "per_side"):
        same &= claims[column].eq(claim[column])
    alone = {
        term: means
        for (kind, term), means in dossier.terms.groupby(["kind", "term"])["means"]
        .agg(tuple)
        .items()
        if kind == "measure" and len(means) == 1
    }
    return claims[same & claims["measure"].map(partial(_like, claim["measure"], alone=alone))]


def _like(one: str, other: str, *, alone: Mapping[str, tuple[str]]) -> bool:
    """Return whether two measures count the like: one word for the other, or the same kind.

    The last kind holds all that is not told, so that a word in it is like itself only.
    """
    plain = []
    for word in (one, other):
        seen = set()
        while word in alone and word not in seen:  # such as losses, which is lost
            seen.add(word)
            (word,) = alone[word]
        plain.append(word)
    return plain[0] == plain[1] or family(one) == family(other) != FAMILIES[-1]


def _original(known: pd.DataFrame, claims: pd.DataFrame, own: pd.Series) -> str:
    root = roots(claims).get(known["claim"].iloc[0], "") if len(known) else ""
    if not root or root in set(own):
        return ""
    row = claims[claims["claim"].eq(root)].to_dict("records")[0]
    return f"{figure_of(row)} ({quoted(row['quote'])})"


def _last(claim: dict, like: pd.DataFrame) -> str:
    """Return the last figure whose period ends after the claim's."""
    later = like[like["period_end"].gt(claim["period_end"])].sort_values("period_end")
    return "" if later.empty else _dated(later.to_dict("records")[-1])


def _others(like: pd.DataFrame) -> dict[str, object]:
    ends = like.melt(id_vars="claim", value_vars=["low_value", "high_value"]).dropna()
    ends = ends.sort_values("value", kind="stable").merge(like, on="claim")
    low, high = map(_dated, ends.iloc[[0, -1]].to_dict("records")) if len(ends) else ("", "")
    return {"others": like["origin"].nunique(), "lowest": low, "highest": high}


def _dated(row: dict) -> str:
    """Return a figure and the day up to which it counts, where that is known."""
    day = row["period_end"]
    return figure_of(row) if pd.isna(day) else f"{figure_of(row)} ({day:%Y-%m-%d})"


def mark_of(then: Dossier) -> float:
    """Return the ratio of a text that later ones are set beside: the first it prints, else NaN."""
    stated = reported_ratios(then)["point"].dropna()
    return float(stated.iloc[0]) if len(stated) else float("nan")


def day_of(then: Dossier) -> pd.Timestamp:
    """Return the day up to which a text counts: the last end of its periods, else NaT."""
    return then.claims["period_end"].max()


def place_of(then: Dossier) -> str:
    """Return the place of the first ratio that a text prints, "" where it prints none."""
    stated = reported_ratios(then)["place"]
    return stated.iloc[0] if len(stated) else ""


def totals_beside(then: Dossier, now: Dossier) -> pd.DataFrame:
    """Return the totals of both sides that end near the text's last day, the text's own among them.

    Rows of `now.claims`; of each origin's totals of one measure the nearest in time.
    """
    return counts_near(now, day_of(then), own=then.claims["claim"])


def with_originals(then: Dossier, now: Dossier) -> Dossier:
    """Return a text's dossier with each figure as its original words it, where one is known.

    Hedge and number are the original's; measure, place and quote stay the text's own. Readings of
    a number that is replaced go with it.
    """
    root, known = roots(now.claims), now.claims.set_index("claim")
    claims = then.claims.copy()
    printed = claims[claims[["low", "high"]].astype(bool).any(axis=1)]
    figure, changed = ["hedge", "low", "high"], []
    for row, name in zip(printed.index, printed["claim"], strict=True):
        original = root.get(name, "")
        if original and original not in set(claims["claim"]):
            claims.loc[row, figure] = known.loc[original, figure].to_numpy()
            changed.append(name)
    frames: dict[str, pd.DataFrame] = {table: getattr(then, table) for table in TABLES}
    numbers = frames["readings"]["field"].isin(figure)
    frames["readings"] = frames["readings"][~(numbers & frames["readings"]["claim"].isin(changed))]
    return build_dossier(frames | {"claims": claims}, name=then.name)


def conflicts_moved(then: Dossier, now: Dossier) -> pd.DataFrame:
    """Return the conflicts of a text that stay or dissolve, and those that appear beside others.

    Returns
    -------
    DataFrame
        `moved`: "stays" or "goes" (once the text's figures are worded as in the originals
        that they restate), "appears" (a claim of the text, and totals of others near its day);
        `status`, `claims`, `said` (each claim's figure), `assumptions`, `origins`, `margin`,
        `because`. Conflicts among others alone are left out; `disagreements` has them.
    """
    if now.claims.empty:
        return pd.DataFrame([], columns=MOVED)
    before = find_conflicts(then)
    own = set(then.claims["claim"])
    still = set(_names(find_conflicts(with_originals(then, now))))
    moved = ["stays" if names in still else "goes" for names in _names(before)]
    beside = disagreements(now, totals_beside(then, now))
    beside = beside[[bool(own & set(claims)) for claims in beside["claims"]]]
    return _moved(now, [before.assign(moved=moved), beside.assign(moved="appears")])


def _names(conflicts: pd.DataFrame) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    return list(zip(conflicts["claims"], conflicts["assumptions"], strict=True))


def _moved(dossier: Dossier, parts: list[pd.DataFrame]) -> pd.DataFrame:
    conflicts = pd.concat([part for part in parts if len(part)] or parts[:1])
    rows = dossier.claims.to_dict("records")
    figures = {row["claim"]: figure_of(row) or "no number" for row in rows}
    conflicts["said"] = [tuple(figures[c] for c in claims) for claims in conflicts["claims"]]
    return conflicts[MOVED].reset_index(drop=True)


def all_ratios(now: Dossier, mark: float, estimates: pd.DataFrame) -> pd.DataFrame:
    """Return reported, counted and estimated ratios, each with where it `stands` to a mark."""
    frames = [reported_ratios(now), counted_ratios(now), estimated_ratios(estimates, sides(now))]
    frames = [frame for frame in frames if len(frame)] or frames[:1]
    return against(pd.concat(frames, ignore_index=True), mark)


def own_voices(then: Dossier, now: Dossier) -> tuple[str, ...]:
    """Return whose ratios a text prints, as the later dossier names them."""
    own = reported_ratios(then)
    if own.empty:
        return ()
    return tuple(dict.fromkeys(now.claims.loc[now.claims["claim"].isin(own["claim"]), "origin"]))


def answer(then: Dossier, now: Dossier, *, ratios: pd.DataFrame, conflicts: pd.DataFrame) -> str:
    """Return in short sentences what became of a text's figures, its conflicts and its ratio."""
    figures = moved_figures(then, now)
    if figures.empty:
        return "Nothing later is known here of this text's figures."
    parts = []
    for row in figures[figures["same_voice"].ne("")].head(1).to_dict("records"):
        source = then.claims.set_index("claim").at[row["claim"], "source"]
        parts.append(f"{source}: {row['printed']} became {row['same_voice']}")
    moved = conflicts["moved"].value_counts()
    inside = moved.get("stays", 0) + moved.get("goes", 0)
    parts.append(
        f"{moved.get('goes', 0)} of the text's {inside} conflicts are gone once its figures "
        "are worded as in the originals that they restate"
    )
    parts.append(f"{moved.get('appears', 0)} appear beside totals that others gave near its day")
    first = ". ".join(parts)
    own, place, mark = reported_ratios(then), place_of(then), mark_of(then)
    if own.empty:
        return f"{first}. The text prints no ratio to set others beside."
    here = ratios[ratios["layer"].eq(REPORTED) & ratios["place"].eq(place)]
    here = here[~here["who"].isin(own_voices(then, now))]
    away = ratios[ratios["layer"].eq(ESTIMATED)]
    return (
        f"{first}. Of {len(here)} ratios that others report for {place}, beside its "
        f"{to_one(mark)}, {_where(here)}. Of {len(away)} that published estimates give for the "
        f"whole, {_where(away)}."
    )


def _where(ratios: pd.DataFrame) -> str:
    counts = ratios["stands"].value_counts()
    said = {"below": "are below it", "leaves room": "leave room for it", "above": "are above it"}
    return listed(f"{counts[where]} {word}" for where, word in said.items() if where in counts)
