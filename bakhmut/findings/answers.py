"""The notebooks' answers in words: every number in them is computed, on whatever dossier.

Each function returns one or two sentences of plain text. They report what is claimed, implied
or cannot all be true as worded; they never say whether a figure is right.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from math import prod
from typing import TYPE_CHECKING

import pandas as pd

from bakhmut.base.sentences import listed, quoted, with_article
from bakhmut.base.words import count, number, percent, span, to_one
from bakhmut.consistency.arranged import assumed_in_words, holding, thresholds, what_ifs
from bakhmut.consistency.verbs import glance
from bakhmut.dossier.claims import Dossier
from bakhmut.dossier.doors.frames import tuples_of
from bakhmut.dossier.parsing.printed import as_printed, in_per_cent
from bakhmut.engine.status import STATUS
from bakhmut.meaning.interpretation import interpret
from bakhmut.meaning.readings import OURS
from bakhmut.views.multipliers import common_multipliers
from bakhmut.views.quotients import (
    cap_readings,
    caps,
    implied_elsewhere,
    naive_quotients,
    ratio_bands,
)
from bakhmut.views.sourcing import in_brief
from bakhmut.views.states import choices
from bakhmut.views.states import figures as movable

if TYPE_CHECKING:
    from bakhmut.consistency.verbs import Check


def what_it_says(dossier: Dossier) -> str:
    """Return how many figures the text prints, from how many origins, how firmly."""
    asked = dossier.claims[["quote", "low", "high"]].eq("").all(axis=1)  # the coder's questions
    claims = dossier.claims[~asked]
    if claims.empty:
        return "No figure is printed here."
    often = claims["origin"].value_counts(sort=False)
    without = int(claims[["low_value", "high_value"]].isna().all(axis=1).sum())
    hedged, undated = int(claims["hedge"].ne("").sum()), int(claims["period"].eq("").sum())
    text = f"{count(len(claims), 'figure')} from {count(len(often), 'voice')}"
    if often.max() > 1:
        voice = often.idxmax()
        bare = voice.startswith("the text")  # what `derived` calls a claim without a source
        said = "give no source" if bare else f"go back to one, {with_article(voice) or 'not named'}"
        text += f"; {often.max()} of them {said}"
    parts = [f"{hedged or 'none'} of {len(claims)} {_verb(hedged, 'carry', 'carries')} a hedge"]
    parts += [f"{without} {_verb(without, 'give', 'gives')} no number"] if without else []
    parts += [f"{undated} {_verb(undated, 'leave', 'leaves')} the period open"] if undated else []
    said = listed(parts)
    return f"{text}. {said[:1].upper()}{said[1:]}."


def _verb(many: int, several: str, one: str) -> str:
    """Return a verb in the right number."""
    return one if many == 1 else several


def how_it_can_be_read(dossier: Dossier) -> str:
    """Return in how many ways the words can be taken, and what that does to the ratio."""
    choices: dict[str, set[str]] = {}
    for made in interpret(dossier)["choices"]:
        for variable, reading in made:
            choices.setdefault(variable, set()).add(reading)
    ways = prod(map(len, choices.values()))
    if not choices:
        return "No word or figure here is coded as having more than one reading."
    text = (
        f"{count(len(choices), 'word or figure')} can be taken in more than one way, which "
        f"makes {count(ways, 'combination')} of readings."
    ).replace("word or figures", "words or figures")
    for row in tuples_of(ratio_bands(dossier).head(1)):
        if in_per_cent(row.low, row.high) or row.claim not in dossier.readings["claim"].array:
            continue  # a share is no ratio; and words for what is counted move no number
        text += f" The ratio printed as {as_printed(row)} to 1 can then stand for "
        text += f"{span(row.band_low, row.band_high)} to 1."
    return text


def what_the_ratio_implies(dossier: Dossier) -> str:
    """Return whether the ratio and the counts can both hold, and how large the part can be."""
    every = caps(dossier)
    found = every.dropna(subset=["share"])
    if found.empty:
        limiting = "" if every.empty else " that limit it"
        return (
            f"No ratio of a part stands beside counts of its whole{limiting}, so nothing "
            "follows here."
        )
    cap = found.iloc[0]
    said = dossier.claims.set_index("claim")["source"]
    counted = in_brief(said[[cap["given"], cap["per_claim"]]]).replace(", ", " and ")
    return (
        f"Yes, both can hold, for they count different places: {to_one(cap['ratio'])} in "
        f"{cap['part']} ({said[cap['claim']]}) and the numbers for all of {cap['whole']} "
        f"({counted}), which give {span(float('nan'), cap['quotient_high'])} to 1. "
        f"But if they count the same thing, at exactly {to_one(cap['ratio'])} {cap['part']} can be "
        f"at most {number(cap['cap'])} of the total for {cap['side']}, {percent(cap['share'])} of "
        f"it{_otherwise(dossier, cap)}."
    )


def _otherwise(dossier: Dossier, cap: pd.Series) -> str:
    """Return the cap at the other ends of what the ratio's words may mean, in brackets."""
    rows = cap_readings(dossier)
    rows = rows[rows["claim"].eq(cap["claim"]) & rows["ratio"].ne(cap["ratio"])]
    ends = [f"{number(row.cap)} at {to_one(row.ratio)}" for row in tuples_of(rows.dropna())]
    return f" ({', '.join(ends)})" if ends else ""


def quotient_in_words(dossier: Dossier) -> str:
    """Return what the two counts give when divided, and why that is a bound."""
    rows = naive_quotients(dossier)
    if rows.empty:
        return "No two counts of one place, one for each side, can be divided here."
    row = rows.iloc[0]
    said = dossier.claims.set_index("claim")
    over, under = (as_printed(said.loc[row[name]]) for name in ("claim", "per_claim"))
    is_open = math.isnan(row["low"]) and math.isnan(row["high"])
    allow = "any ratio" if is_open else f"{span(row['low'], row['high'])} to 1"
    text = (
        f"{over} over {under}: the numbers as printed give {row['quotient']:,.4f}. Their words "
        f"allow {allow}."
    )
    if row["measure"] != row["per_measure"]:
        text += f" And one counts {quoted(row['measure'])}, the other {quoted(row['per_measure'])}."
    return text


def implied_in_words(dossier: Dossier) -> str:
    """Return what the ratio would imply where the counts were made: a what-if."""
    rows = list(tuples_of(implied_elsewhere(dossier).head(2)))
    if not rows:
        return "No ratio can be held against counts of both of its sides here."
    said = {row.claim: as_printed(row) for row in tuples_of(dossier.claims)}
    ratio = f"{said[rows[0].claim]} to 1"
    if rows[0].fits:
        counts = " and ".join(f"{said[row.against]} for {row.side}" for row in rows)
        return f"If {ratio} held across {rows[0].place}, it would fit the counts: {counts}."
    parts = [
        f"{number(row.implied)} for {row.side}, where {said[row.against]} is reported"
        for row in rows
    ]
    return (
        f"If {ratio} held across {rows[0].place}, it would be {', or '.join(parts)}: as printed "
        f"a factor {number(rows[0].factor)} apart. This is a what-if."
    )


def multiplier_in_words(dossier: Dossier) -> str:
    """Return the multiplier that turns counts of unlike things into the reported ratio."""
    rows = common_multipliers(dossier)
    if rows.empty:
        return "No reading here sets a count of a part against a count of the whole."
    row = rows.iloc[0]
    said = dossier.claims.set_index("claim")["side"]
    return (
        f"If the number for {said[row['given']]} counts {row['part']} only and the one for "
        f"{said[row['per_claim']]} also {row['rest']}, then {number(row['multiplier'])} "
        f"{row['rest']} for each {row['part']} make it {to_one(row['ratio'])}."
    )


_VERDICT = {
    "contradiction": "These figures cannot all be true as worded, under any reading",
    "contradiction-in-some-readings": "All of these figures can be true together, but not under "
    "every reading of their words",
    "conflicts-with-assumption": "By their words alone all of these figures can be true together",
    "consistent": "All of these figures can be true together as worded, which does not say that "
    "they are",
    "not-checkable": "Too much is left unsaid to hold these figures against each other",
    "undecided": "The search was stopped at its limit; nothing is said beyond what it found",
}


def what_cannot_all_hold(check: Check, dossier: Dossier) -> str:
    """Return the verdict on the whole, how many readings hold, and what the conflicts are about."""
    hold, total = check.readings_consistent, check.readings_total
    first = _VERDICT[check.status]
    if total > 1:  # without a word that can be read in two ways there are no readings to count
        first += f": {hold:,} of {count(total, 'combination')} of readings hold by meaning alone"
        together = holding(check)
        if together is not None and together != hold:
            first += f", {together:,} with the assumptions too"
    first += "."
    conflicts = check.conflicts
    if conflicts.empty:
        return f"{first} No set of figures collides, by meaning alone or under an assumption."
    kinds = dossier.claims.set_index("claim")["kind"]
    mixed = int(conflicts["claims"].map(lambda own: kinds[list(own)].nunique() > 1).sum())
    ours = int(conflicts["assumptions"].map(len).gt(0).sum())
    within = int(conflicts["origins"].eq(1).sum())
    if len(conflicts) == 1:
        voices = "within a single voice" if within else "between several voices"
        ratio = ", and sets a ratio against a count" if mixed else ""
        an = "an" if ours else "no"
        return f"{first} There is 1 conflict: it needs {an} assumption, is {voices}{ratio}."
    needs = f"{ours or 'none'} of which {_verb(ours, 'need', 'needs')} an assumption"
    many = f"{count(len(conflicts), 'conflict')}, {needs}"
    return (
        f"{first} There are {many}: {within or 'none'} within a single voice, and "
        f"{mixed or 'none'} that set{'s' if mixed == 1 else ''} a ratio against a count."
    )


def nearest_threshold(check: Check, dossier: Dossier) -> str:
    """Return the assumption that is nearest to ending a conflict, and its exact value."""
    rows = thresholds(check.conflicts, dossier)
    if rows.empty:
        return "No conflict here turns on a number of an assumption."
    row = rows.iloc[0]
    names = count(len(row["conflicts"].split(", ")), "conflict")
    exact = "" if row["exact"] == number(row["value"]) else f" (exactly {row['exact']})"
    return (
        f"The nearest is {row['what']}, assumed {span(row['low'], row['high'])}: at "
        f"{number(row['value'])}{exact}, {names} would be gone."
    )


def what_would_give(check: Check, dossier: Dossier) -> str:
    """Return the smallest change after which everything else can stand, in a sentence."""
    said = dict(zip(dossier.claims["claim"], dossier.claims["quote"], strict=True))
    words = dict(zip(check.variables["variable"], check.variables["word"], strict=True))
    rows = check.corrections
    rows = rows[rows["kind"] != "voice"]
    if rows.empty:
        return "Nothing would have to give."
    first = rows.drop_duplicates("group")
    readings = {name: way for own in first["readings"] for name, way in own.items()}
    taken = "; ".join(
        f"{quoted(words[n] or said[n] or n)} as {quoted(way)}" for n, way in readings.items()
    )
    if first["kind"].eq("reading").all():
        return f"No figure need be given up. It is enough that the words are taken so: {taken}."
    given = []
    for row in tuples_of(first[first["gives"].map(len).gt(0)]):
        names = in_brief(_named(name, said, dossier) for name in row.gives)
        given.append(names + _or_others(row.ties - 1, len(row.gives)))
    text = f"It is enough to give up {'; and besides '.join(given)}"
    return f"{text}{f'; with {taken}' if taken else ''}."


def what_gives(check: Check, dossier: Dossier) -> list[str]:
    """Return which figure stands in most conflicts, and what else gives for the rest.

    One sentence for each group of conflicts that one figure, or one of several, would end;
    nothing where there is no conflict, or one alone.
    """
    said = dict(zip(dossier.claims["claim"], dossier.claims["quote"], strict=True))

    rows = list(tuples_of(check.gives))
    if not rows or rows[0].of < 2:
        return []
    sentences = []
    for n, row in enumerate(rows):
        voice = f" ({row.origin})" if row.origin else ""
        named = [_named(name, said, dossier) for name in (row.gives, *row.others[:2])]
        figure = " or ".join([f"{named[0]}{voice}", *named[1:]])
        gone = len(row.conflicts)
        if gone == row.of:
            every = "both" if gone == 2 else f"all {gone}"
            sentences.append(f"Give up {figure} and {every} conflicts go.")
        elif not n:
            sentences.append(f"Give up {figure} and {gone} of {row.of} conflicts go.")
        else:
            sentences.append(f"Besides {figure} for {count(gone, 'more conflict')}.")
    return sentences


def _named(name: str, said: Mapping[str, str], dossier: Dossier) -> str:
    """Return a claim by its quote, an assumption by what it says."""
    if name not in said:
        assumed = assumed_in_words(name, dossier)
        return assumed if name in OURS else f"the assumption of {assumed}"
    return quoted(said[name]) if said[name] else name


def _or_others(ties: int, figures: int) -> str:
    """Return how many other changes of so many figures would do as well."""
    kind = {1: "figure", 2: "pair"}.get(figures, f"group of {figures}")
    return f", or one of {ties} other {kind}s" if ties > 1 else f", or one other {kind}" * ties


def what_if_in_words(conflicts: pd.DataFrame, dossier: Dossier) -> str:
    """Return at which value the first of the what-ifs would stop colliding with the figures."""
    names = what_ifs(dossier)
    rows = thresholds(conflicts, dossier)
    rows = rows[rows["assumption"].isin(names)]
    if rows.empty:
        return "No what-if of this dossier collides with its figures."
    row = rows.iloc[-1]
    beyond = "less" if row["bound"] == "low" else "more"
    said = dict(zip(dossier.claims["claim"], dossier.claims["quote"], strict=True))
    told = [_named(claim, said, dossier) for claim in row["claims"]]
    return (
        f"The what-if is {row['what']}, at {span(row['low'], row['high'])}. So taken it collides "
        f"with {' and '.join(told)}; it would have to be {number(row['value'])} or "
        f"{beyond} (exactly {row['exact']})."
    )


def where_it_stands(dossier: Dossier) -> str:
    """Return the status as printed, and how much of the dossier can be moved from there."""
    words, figures, supposed = choices(dossier), movable(dossier), dossier.assumptions
    status = STATUS[glance(dossier).status].sentence
    read = f"{count(len(words), 'word')} can be read otherwise, " if words else ""
    ours = f" and {count(len(supposed), 'assumption')}" if len(supposed) else ""
    return f"{status} From there {read}{count(len(figures), 'figure')}{ours} can be moved."
