"""The General Staff's daily bulletins as claims: a series of totals that each day restates anew.

The public JSON of the bulletins counts persons and equipment of the Russian side from the first
day of the full-scale invasion. Its quirks are known here and said in the `note` of each claim: the
column that holds "about" or "more", days missing, totals corrected afterwards, totals that fall,
and the fields that were renamed or merged on 1 May 2022.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from bakhmut.dossier.changed.bulletins import (
    HEDGED,
    NOT_COUNTS,
    PERSONS,
    Days,
    chosen_days,
    load_bulletins,
)
from bakhmut.dossier.claims import Dossier, build_dossier, lying_as
from bakhmut.dossier.doors.frames import rows_of
from bakhmut.dossier.parsing.hedging import hedges
from bakhmut.dossier.parsing.notation import parse_date, parse_number, parse_period
from bakhmut.dossier.parsing.printed import figure_in_words
from bakhmut.dossier.tables import TABLES, DossierError, Problem

SOURCE = "General Staff of Ukraine"
SIDE, PLACE, START = "Russia", "Ukraine", "2022-02-24"
URL = "https://github.com/PetroIvaniuk/2022-Ukraine-Russia-War-Dataset"
# What a claim calls the field; every other field keeps its own name.
MEASURES = {PERSONS: "lost", "POW": "captured"}
# From this day on two fields are one, and a third is no longer reported.
MERGED_ON = date(2022, 5, 1)
MERGED = {"vehicles and fuel tanks": ("military auto", "fuel tank")}
ENDED = ("mobile SRBM system",)


def read_daily_series(path: str | Path, *, dates: Days = None) -> pd.DataFrame:
    """Return the bulletins of the chosen days as claims, in the columns of claims.csv.

    Parameters
    ----------
    path
        the JSON of persons or of equipment, or a folder that holds them under their usual names.
        The file of corrections is used where it is beside.
    dates
        one day or several, as dates or ISO text; all days where left out.

    Returns
    -------
    DataFrame
        One row for each total of each day, `lost` for persons, an equipment field's own name
        else; `note` says what was done with it. Units: persons, or pieces, since 24 February 2022.

    Raises
    ------
    DossierError
        The file cannot be read, is not this series, or has no bulletin for a day asked for.
    """
    days, corrections = load_bulletins(Path(path))
    wanted = set(chosen_days(days, dates, name=Path(path).name))
    rows = []
    before: dict[str, Any] = {}
    for day, record in days.items():
        if day in wanted:
            rows += _claims(day, record, before=before, corrections=corrections.get(day, {}))
        before |= {field: (day, value) for field, value in record.items()}
    return pd.DataFrame(rows, columns=list(TABLES["claims"]), dtype=str).fillna("")


def with_series(dossier: Dossier, path: str | Path, *, dates: Days = None) -> Dossier:
    """Return the dossier with the bulletins of persons beside its claims.

    A count by a Ukrainian military source of what Russia lost in the whole war, up to a day of the
    series, is taken to restate that day's bulletin unless it restates something already; its note
    says so. The bulletins of these days are added, each in the text that restates it, and those of
    `dates`, if any, in the first text.
    """
    restating = _restating(dossier)
    if dates is None and not restating:
        what = "has no count of the whole war by a Ukrainian military source; name the days to add"
        raise DossierError([Problem("claims.csv", what)])
    days, _ = load_bulletins(Path(path))
    known = {name: day for name, day in restating.items() if date.fromisoformat(day) in days}
    asked = [] if dates is None else chosen_days(days, dates, name=Path(path).name)
    chosen = sorted({*known.values(), *(str(day) for day in asked)})
    bulletins = read_daily_series(path, dates=chosen)
    bulletins = bulletins[bulletins["measure"].eq(MEASURES[PERSONS])]
    texts = dict(zip(dossier.claims["claim"], dossier.claims["article"], strict=True))
    text_of = {f"bulletin-{day}": texts[name] for name, day in reversed(known.items())}
    first = next(iter(texts.values()), "")
    added = bulletins[~bulletins["claim"].isin(texts)]
    added = added.assign(article=[text_of.get(name, first) for name in added["claim"]])
    claims = _restated(dossier.claims, known, there={*texts, *bulletins["claim"]})
    frames = {table: getattr(dossier, table) for table in TABLES}
    frames["claims"] = pd.concat([claims[list(TABLES["claims"])], added], ignore_index=True)
    if SOURCE not in set(dossier.sources["source"]):
        own = pd.DataFrame([_SOURCE], columns=list(TABLES["sources"]))
        frames["sources"] = pd.concat([dossier.sources, own], ignore_index=True)
    return lying_as(dossier, build_dossier(frames, name=dossier.name))


def _restated(claims: pd.DataFrame, known: dict[str, str], *, there: set[str]) -> pd.DataFrame:
    """Return the claims, those of a bulletin's day linked to it unless they restate another."""
    claims = claims.copy()
    for name, day in known.items():
        row, bulletin = claims["claim"].eq(name), f"bulletin-{day}"
        if not claims.loc[row, "repeats"].any() and bulletin in there - {name}:
            note = f" Taken to restate the General Staff's bulletin of {day}."
            claims.loc[row, "repeats"] = bulletin
            claims.loc[row, "note"] = (claims.loc[row, "note"] + note).str.strip()
    return claims


_SOURCE = {
    "source": SOURCE,
    "side": "Ukraine",
    "kind": "military",
    "named": "yes",
    "note": "Counts the other side's losses in a daily bulletin.",
}


def bulletins_of(dossier: Dossier) -> pd.DataFrame:
    """Return the bulletins of persons that a dossier holds, in the order of their days."""
    rows = dossier.claims
    own = rows["source"].eq(SOURCE) & rows["measure"].eq(MEASURES[PERSONS])
    own &= rows["repeats"].eq("") & rows["low_value"].notna()
    return rows[own & rows["period_start"].eq(pd.Timestamp(START))].sort_values("period_end")


def against_series(dossier: Dossier, path: str | Path) -> pd.DataFrame:
    """Return each claim that restates the series beside the bulletin of its day.

    Columns: `claim`, `date` (ISO), `printed`, `bulletin`, `difference` (printed less bulletin) and
    `because`, one sentence; where the two differ it names the day that has the printed total, if
    any. Where the series has no bulletin of the day, the sentence says so and the numbers are
    missing. The bulletins themselves are left out.
    """
    days, _ = load_bulletins(Path(path))
    totals = {day: record[PERSONS] for day, record in days.items() if PERSONS in record}
    first_day: dict[int, date] = {}
    for day, total in totals.items():
        first_day.setdefault(total, day)
    printed = dict(zip(dossier.claims["claim"], dossier.claims["low_value"], strict=True))
    rows = []
    for name, text in _restating(dossier).items():
        own, bulletin = int(printed[name]), totals.get(date.fromisoformat(text))
        if bulletin is None:
            because = f"{name} has {own:,}; the series has no bulletin of persons of {text}."
        elif own == bulletin:
            because = f"{name} has {own:,}, as has the bulletin of {text}."
        else:
            elsewhere = f"{own:,} is the bulletin of {first_day[own]}" if own in first_day else ""
            because = f"{name} has {own:,}; the bulletin of {text} has {bulletin:,}. "
            because += f"{elsewhere or f'No bulletin has {own:,}'}."
        difference = None if bulletin is None else own - bulletin
        if name != f"bulletin-{text}":
            rows.append([name, text, own, bulletin, difference, because])
    columns = ["claim", "date", "printed", "bulletin", "difference", "because"]
    numbers = ["printed", "bulletin", "difference"]
    return pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(numbers, "Int64"))


def cumulative_falls(claims: pd.DataFrame) -> pd.DataFrame:
    """Return a flag for each cumulative total that is below an earlier one of the same series.

    Needs the columns of claims.csv. Two totals are of one series where source, side, measure,
    place and start are the same: the later is the one whose period ends later or, of one period,
    the one that was published later. A running toll ("so far") is a total. A total that only rises
    is never flagged. Returns the columns of flags: `flag` (cumulative-fall), `severity`,
    `claims`, `because`.
    """
    series: dict[tuple[str, ...], list[_Total]] = {}
    for row in rows_of(claims):
        if total := _total(row):
            key = (row["source"], row["side"], row["measure"], row["place"], str(total.start))
            series.setdefault(key, []).append(total)
    rows = []
    for (source, _, measure, *_), totals in series.items():
        for one, other in pairwise(sorted(totals, key=lambda total: total.day)):
            if other.number < one.number and other.day > one.day:
                because = (
                    f"{source or 'The text'} reported {one.said} ({measure}) to {one.when} and "
                    f"{other.said} to {other.when}: a total since one day cannot fall, so one of "
                    "them was corrected."
                )
                rows.append(["cumulative-fall", "caution", (one.claim, other.claim), because])
    return pd.DataFrame(rows, columns=["flag", "severity", "claims", "because"])


class _Total(NamedTuple):
    """A count since a first day: to which day, as published when."""

    start: date | str
    day: tuple[date, date]
    number: Fraction
    claim: str
    said: str

    @property
    def when(self) -> str:
        """The day on which it ends; of a period without an end the day of its publication."""
        return str(self.day[0] if self.day[0] > date.min else self.day[1])


def _total(row: dict[str, Any]) -> _Total | None:
    """Return a row of claims.csv as a total, None where it is none: a ratio, a bound, no time."""
    is_point = row["low"] and row["low"] == row["high"]
    is_toll = row["low"] and "so far" in hedges(row["hedge"])
    if row["per_side"] or row["per_measure"] or not (is_point or is_toll):
        return None
    period = row["period"]
    first, last = (None if "+" in period else parse_period(period)) or (None, None)
    of_day = parse_date(row["published"])[0] if row["published"] else date.min
    if not (first and last) and of_day == date.min:
        return None
    number = parse_number(row["low"])
    printed = f"{int(number):,}" if row["low"].isdecimal() else row["low"]
    said = figure_in_words("so far" if is_toll else "", printed, printed, sure=True)
    return _Total(first or period, (last or date.min, of_day), number, row["claim"], said)


def _restating(dossier: Dossier) -> dict[str, str]:
    """Return claim -> day (ISO) of the claims that restate a bulletin's total of persons."""
    sources, rows = dossier.sources, dossier.claims
    own = sources.loc[sources["side"].eq("Ukraine") & sources["kind"].eq("military"), "source"]
    hit = rows["source"].isin(own) & rows["side"].eq(SIDE) & rows["place"].eq(PLACE)
    hit &= rows["kind"].eq("count") & rows["low_value"].eq(rows["high_value"])
    hit &= rows["period_start"].eq(pd.Timestamp(START)) & rows["period_end"].notna()
    days = rows.loc[hit, "period_end"].dt.strftime("%Y-%m-%d")
    return dict(zip(rows.loc[hit, "claim"], days, strict=True))


def _claims(
    day: date, record: dict[str, Any], *, before: dict[str, Any], corrections: dict[str, int]
) -> list[dict[str, str]]:
    """Return the claims of one bulletin; `before` has each field's last day and total."""
    totals = {field: value for field, value in record.items() if field not in NOT_COUNTS}
    claims = []
    for field, value in totals.items():
        if any(field in parts for parts in MERGED.values()):
            continue
        hedge = record.get(f"{field}*", "")
        claims.append(_claim(day, field, value, hedge=hedge))
        claims[-1]["note"] = _note(day, field, value, before=before, corrections=corrections)
    for field, parts in MERGED.items():
        if day < MERGED_ON and all(part in totals for part in parts):
            claims.append(_claim(day, field, sum(totals[part] for part in parts)))
            each = " and ".join(f"{part} {totals[part]:,}" for part in parts)
            claims[-1] |= {
                "quote": ", ".join(f'"{part}": {totals[part]}' for part in parts),
                "note": f"Sum of {each}, which are one field from {MERGED_ON} on.",
            }
    return claims


def _claim(day: date, field: str, value: int, *, hedge: str = "") -> dict[str, str]:
    name = f"bulletin-{day}" + ("" if field == PERSONS else "-" + "-".join(field.lower().split()))
    said = f', "{field}*": "{hedge}"' if hedge else ""
    return {
        "claim": name,
        "article": "the daily bulletins",
        "locator": f"record of {day}",
        "quote": f'"{field}": {value}{said}',
        "source": SOURCE,
        "published": str(day),
        "side": SIDE,
        "measure": MEASURES.get(field, field),
        "place": PLACE,
        "period": f"{START}/{day}",
        "hedge": HEDGED[hedge],
        "low": str(value),
        "high": "" if HEDGED[hedge] == "more than" else str(value),
        "url": URL,
    }


def _note(
    day: date, field: str, value: int, *, before: dict[str, Any], corrections: dict[str, int]
) -> str:
    """Return what a reader of one total should know, in short sentences."""
    notes = []
    earlier, last = before.get(field, (None, None))
    if earlier and (day - earlier).days > 1:
        notes.append(f"The bulletin before it is of {earlier}.")
    if corrections.get(field):
        change = corrections[field]
        rise = f": without it the day's own change is {value - last - change:+,}" if last else ""
        notes.append(f"Holds a correction of {change:+,}{rise}.")
    if last is not None and value < last:
        notes.append(f"Below the {last:,} of {earlier}: a corrected total.")
    if field in MERGED and day == MERGED_ON:
        notes.append(f"From this day on one field; before, {' and '.join(MERGED[field])} apart.")
    if field in ENDED:
        notes.append(f"No longer reported from {MERGED_ON} on.")
    return " ".join(notes)
