"""A dossier beside the daily bulletins: which day has its figure, and where the series falls."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from bakhmut.dossier.changed.bulletins import PERSONS, Days
from bakhmut.dossier.changed.series import (
    MEASURES,
    SIDE,
    against_series,
    cumulative_falls,
    read_daily_series,
    with_series,
)
from bakhmut.dossier.claims import Dossier
from bakhmut.dossier.derived import derive

AFTER = 90  # days


@dataclass(frozen=True, eq=False)
class Beside:
    """A dossier with bulletins beside its claims, and what the whole series says.

    Attributes
    ----------
    dossier : Dossier
        with the bulletins of the days of its claims, as `with_series` adds them.
    claims : DataFrame
        each claim that restates the series, as `against_series` returns it.
    days : DataFrame
        every bulletin of persons, in the columns of `dossier.claims`.
    falls : DataFrame
        each total of the series that is below an earlier one, as flags.
    """

    dossier: Dossier
    claims: pd.DataFrame
    days: pd.DataFrame
    falls: pd.DataFrame

    @property
    def extent(self) -> str:
        """How many days the series has, and how many of its totals fall, in a sentence."""
        ends = self.days["period_end"].dt.date
        falls = f"{len(self.falls):,} of its totals are below an earlier one"
        return (
            f"{len(self.days):,} bulletins of persons, {ends.min()} to {ends.max()}; "
            f"{falls if len(self.falls) else 'no total in it is below an earlier one'}."
        )


def lay_beside(dossier: Dossier, path: str | Path, *, dates: Days = None) -> Beside:
    """Return a dossier beside a daily series; `dates` are days of it to add besides.

    Raises
    ------
    DossierError
        The file cannot be used, has no bulletin of a day asked for, or counts no persons.
    """
    both = with_series(dossier, path, dates=dates)
    series = read_daily_series(path)
    persons = series[series["measure"].eq(MEASURES[PERSONS])]
    return Beside(
        both,
        against_series(dossier, path),
        derive(persons.reset_index(drop=True)),
        cumulative_falls(series),
    )


def picture(beside: Beside) -> str:
    """Return the series with the claims laid over it, as the HTML of a figure."""
    from base64 import b64encode

    from bakhmut.figures.series import plot_series
    from bakhmut.figures.style import alt_text, png
    from bakhmut.findings.questions import totals_of
    from bakhmut.report.chapters.sections import picture

    totals = totals_of(beside.dossier, SIDE, own=beside.claims["claim"])
    # Up to a season after the last claim: what the series says years later would dwarf it.
    until = totals["period_end"].max() + pd.Timedelta(days=AFTER)
    ax = plot_series(beside.days[beside.days["period_end"].le(until)], totals)
    shown = {"image/png": b64encode(png(ax)).decode()}
    about = {"image/png": {"alt": alt_text(ax), "width": 560}}
    return picture({"data": shown, "metadata": about}, "image/png")
