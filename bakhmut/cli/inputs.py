"""What a verb reads, and that it writes onto none of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bakhmut.cli.console import Unusable, say


def spared(target: str | Path, *given: str | None) -> str:
    """Return where to write, where that is none of the files that are read.

    A folder is read by its tables; another file in it may be written.
    """
    from bakhmut.dossier.tables import COLUMNS

    place = Path(target).resolve()
    tables = {"datapackage.json", *(f"{name}.csv" for name in COLUMNS), "text.txt"}
    for one in filter(None, given):
        source = Path(one).resolve()
        inside = source.is_dir() and source in place.parents and place.name.lower() in tables
        beside = (
            source.name.endswith((".csv", ".csv.gz"))
            and place.parent == source.parent
            and place.name in tables
        )
        if place == source or _same(place, source) or inside or beside:
            raise Unusable(
                f"{target}: would be written onto {one}, which is read; name another file"
            )
    return str(target)


def _same(one: Path, other: Path) -> bool:
    """Return whether two names are of one file: a link, another spelling."""
    try:
        return one.samefile(other)
    except OSError:
        return False


def updated(dossier: Any, figures: Sequence[str], dates: Sequence[str]) -> tuple[Any, Any]:
    """Return a dossier with the figures of --set in place, and what changed, None where nothing."""
    day = one_day(dates)
    if not figures and not day:
        return dossier, None
    from bakhmut.dossier.updates import apply_updates

    return apply_updates(dossier, figures, as_of=day)


def laid_beside(dossier: Any, series: str | None, days: Sequence[str]) -> Any:
    """Return a dossier beside the series of --series, None where none is given."""
    if series is None:
        if days:
            raise Unusable("--day: names a day of the file given with --series")
        return None
    from bakhmut.report.beside import lay_beside

    return lay_beside(dossier, series, dates=days or None)


def one_day(dates: Sequence[str]) -> str | None:
    """Return the one day of --as-of."""
    if len(set(dates)) > 1:
        raise Unusable("--as-of: give one day; it goes for every --set")
    return dates[0] if dates else None


def read(path: str | None) -> Any:
    """Return a dossier, the shipped article's without a path; a text is drafted at once."""
    from bakhmut.drafting.texts import read_dossier

    dossier = read_dossier(path)
    for sentence in dossier.aside:
        say(sentence, err=True)
    return dossier
