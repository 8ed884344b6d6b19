"""Who says what, through whom, of which place and time: the claims arranged for reading.

Every function takes a dossier and returns a frame with claim ids; nothing is computed here but
order and words. A *chain* runs from the origin (where the number comes from) over the relays to
the text; a *restatement* repeats a claim of the same origin.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from bakhmut.base.words import span
from bakhmut.dossier.claims import DATA, Dossier
from bakhmut.dossier.derived import roots, stated
from bakhmut.dossier.doors.frames import tuples_of
from bakhmut.dossier.parsing.hedging import hedges
from bakhmut.dossier.parsing.notation import period_in_words
from bakhmut.dossier.parsing.printed import claim_in_words
from bakhmut.meaning.interpretation import interpret

UNSTATED = "not stated"


def what(claim: pd.Series) -> str:
    """Return what a claim counts, in words: `Russia lost per Ukraine killed, in Bakhmut`."""
    top = _told(claim["side"], claim["measure"])
    below = _told(claim["per_side"], claim["per_measure"])
    here, there = (f", in {claim[place]}" * bool(claim[place]) for place in ("place", "per_place"))
    if claim["kind"] != "ratio":
        return top + here
    if claim["period"] != claim["per_period"]:
        times = (period_in_words(claim[p]) or "no period" for p in ("period", "per_period"))
        here, there = (f"{place}, {time}" for place, time in zip((here, there), times, strict=True))
    return f"{top} per {below}{here}" if here == there else f"{top}{here}, per {below}{there}"


def _told(*words: str) -> str:
    """Return the words of a claim in a row, without what a draft calls what it did not find."""
    return " ".join(filter(None, map(stated, words)))


def in_brief(
    names: Iterable[str], most: int = 3, *, between: str = ", ", none: str = "not stated"
) -> str:
    """Return names in a line, each once, those past the first few as a number."""
    names = list(dict.fromkeys(name for name in names if name)) or [none]
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return between.join(names[:most]) + more


def source_line(dossier: Dossier, claims: Sequence[str]) -> str:
    """Return the line at a figure's foot: whose numbers these are."""
    rows = dossier.claims[dossier.claims["claim"].isin(list(claims))]
    return f"Reported by: {in_brief(rows['source'], between='; ', none='the text')}."


def statements(dossier: Dossier) -> pd.DataFrame:
    """Return each claim as a reader meets it.

    Returns
    -------
    DataFrame
        claim, locator, quote, figure, what, source, through (relays in order), hedge
        ("none" where the words carry none), restates.
    """
    claims = dossier.claims
    return pd.DataFrame(
        {
            "claim": claims["claim"],
            "locator": claims["locator"],
            "quote": claims["quote"],
            "figure": claims.apply(claim_in_words, axis=1),
            "what": claims.apply(what, axis=1),
            "source": claims["source"],
            "through": claims["via"].where(claims["via"].ne(""), "the text itself"),
            "hedge": claims["hedge"].where(claims["hedge"].ne(""), "none"),
            "restates": claims["repeats"],
        }
    )


def relays(dossier: Dossier) -> pd.DataFrame:
    """Return the claims by origin and relay, each with what changed since its first statement.

    Returns
    -------
    DataFrame
        claim, quote, origin, via, root (the claim at the start of `repeats`), restated (bool),
        hedge, hedge_lost (hedges of the root that the restatement lacks), wording (its measures),
        reworded (the measures differ from the root's).
    """
    said = {row["claim"]: row for row in dossier.claims.to_dict("records")}
    rows = []
    for claim, root in roots(dossier.claims).items():
        first, own = said[root], said[claim]
        lost = [word for word in hedges(first["hedge"]) if word not in hedges(own["hedge"])]
        wording = _wording(own)
        rows.append(
            {"claim": claim, "quote": own["quote"], "origin": own["origin"], "via": own["via"],
             "root": root, "restated": root != claim, "hedge": own["hedge"],
             "hedge_lost": "; ".join(lost), "wording": wording,
             "reworded": wording != _wording(first)}
        )  # fmt: skip
    columns = ["claim", "quote", "origin", "via", "root", "restated", "hedge", "hedge_lost"]
    frame = pd.DataFrame(rows, columns=[*columns, "wording", "reworded"])
    place = {
        column: {key: n for n, key in enumerate(frame[column].drop_duplicates())}
        for column in ("origin", "root")
    }
    return frame.sort_values(
        ["origin", "root", "restated"],
        key=lambda column: column.map(place[column.name]) if column.name in place else column,
        kind="stable",
    ).reset_index(drop=True)


def _wording(claim: Mapping[Hashable, Any]) -> str:
    if claim["kind"] == "ratio":
        return f"{claim['measure']} per {claim['per_measure']}"
    return claim["measure"]


def coverage(dossier: Dossier) -> pd.DataFrame:
    """Return which place and period the figures cover, claims of one scope in one row.

    Returns
    -------
    DataFrame
        who (the sides), place, period (as coded, "not stated" where blank), start, end (NaT
        where not stated or open), claims (tuple of ids), published_on (the latest).
    """
    claims = dossier.claims.assign(
        who=[
            f"{stated(side) or UNSTATED} per {stated(per) or UNSTATED}"
            if kind == "ratio" and side != per
            else stated(side)
            for side, per, kind in tuples_of(dossier.claims[["side", "per_side", "kind"]])
        ]
    )
    rows = [
        {"who": who or UNSTATED, "place": place or UNSTATED, "period": period or UNSTATED,
         "start": group["period_start"].min(), "end": group["period_end"].max(),
         "claims": tuple(group["claim"]), "published_on": group["published_on"].max()}
        for (place, period, who), group in claims.groupby(["place", "period", "who"], sort=False)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def accounts(dossier: Dossier) -> pd.DataFrame:
    """Return the accounts without numbers on topics where their stances are opposed.

    Returns
    -------
    DataFrame
        topic, stance, source, through, quote, claim; one row an account.
    """
    rows = dossier.positions
    stances = rows.groupby("topic")["stance"].nunique()
    rows = rows[rows["topic"].map(stances).gt(1)]
    rows = rows.assign(through=rows["via"].where(rows["via"].ne(""), "the text itself"))
    return rows[["topic", "stance", "source", "through", "quote", "claim"]].reset_index(drop=True)


def word_readings(dossier: Dossier) -> pd.DataFrame:
    """Return each word that can be taken in more than one way, with its readings and reasons.

    Returns
    -------
    DataFrame
        word (the term, or the claim's quote), used_by (claim ids), reading, means, because.
    """
    terms = dossier.terms[dossier.terms["reading"].ne("")]
    several = terms.groupby(["kind", "term"])["reading"].transform("nunique").gt(1)
    rows = [
        {"word": term.term, "used_by": _users(dossier, term.kind, term.term),
         "reading": term.reading, "means": term.means, "because": term.because}
        for term in tuples_of(terms[several])
    ]  # fmt: skip
    quotes = dossier.claims.set_index("claim")["quote"]
    for (claim, reading), group in dossier.readings.groupby(["claim", "reading"], sort=False):
        values = dict(zip(group["field"], group["value"], strict=True))
        rows.append(
            {"word": quotes.get(claim, claim), "used_by": (claim,), "reading": reading,
             "means": _means(values), "because": group["because"].iloc[0]}
        )  # fmt: skip
    return pd.DataFrame(rows, columns=["word", "used_by", "reading", "means", "because"])


def ways_to_read(dossier: Dossier) -> pd.DataFrame:
    """Return the words of `word_readings` with all their readings in one row each.

    Returns
    -------
    DataFrame
        word, used_by, ways (tuple of sentences: reading, meaning and reason).
    """
    rows = word_readings(dossier)
    rows["ways"] = [
        (row.reading if row.reading == row.means else f"{row.reading} ({row.means})")
        + f": {row.because}"
        for row in tuples_of(rows)
    ]
    return rows.groupby(["word", "used_by"], sort=False, as_index=False).agg(ways=("ways", tuple))


def _users(dossier: Dossier, kind: str, term: str) -> tuple[str, ...]:
    """Return the claims that use a word, or another that is said to mean the same."""
    terms, claims = dossier.terms, dossier.claims
    same = terms["kind"].eq(kind) & terms["reading"].eq("") & terms["means"].eq(term)
    words = [term, *terms.loc[same, "term"]]
    uses = claims[kind].isin(words) | claims[f"per_{kind}"].isin(words)
    return tuple(claims.loc[uses, "claim"])


def _means(values: dict[str, str]) -> str:
    ends = [values.pop(end, "") for end in ("low", "high")]
    words = [f"{field} {value}" for field, value in values.items()]
    if any(ends):
        try:
            words.insert(0, span(*(float(end) if end else float("nan") for end in ends)))
        except ValueError:  # printed with thousands separators: show as printed
            words.insert(0, " to ".join(filter(None, ends)))
    return "; ".join(words)


def ratio_readings(dossier: Dossier) -> pd.DataFrame:
    """Return all that the reported ratios can be taken to say, by what is then counted.

    Returns
    -------
    DataFrame
        counts (numerator for one of the denominator, as read), ratios (tuple of ranges, to one),
        claims (tuple: which can be taken so).
    """
    read = interpret(dossier)
    rows = [
        {"counts": f"{_told(row.side, row.measure)} per {_told(row.per_side, row.per_measure)}",
         "ratios": span(row.low, row.high), "claims": row.claim}
        for row in tuples_of(read[read["kind"].eq("ratio")])
    ]  # fmt: skip
    if not rows:
        return pd.DataFrame(columns=["counts", "ratios", "claims"])
    alike = pd.DataFrame(rows).groupby("counts", sort=False, as_index=False)
    return alike.agg(_each_once)


def _each_once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def read_reference(name: str, dossier: Dossier) -> pd.DataFrame:
    """Return a shipped table of what others have said, where it bears on a dossier's sides.

    Parameters
    ----------
    name
        `general_staff_total`: what the General Staff's total of Russia's losses counts;
        `wounded_per_killed`: how many wounded for one killed. Neither is part of a dossier.
    dossier
        rows on none of its sides are left out: for another story the table is empty.
    """
    frame = pd.read_csv(DATA / f"{name}.csv", dtype=str, keep_default_na=False)
    sides = {*dossier.claims["side"], *dossier.claims["per_side"]} - {""}
    about = frame["side"] if "side" in frame else pd.Series("Russia", index=frame.index)
    return frame[about.isin(sides)].reset_index(drop=True)
