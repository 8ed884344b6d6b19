"""`figure`: one picture of a dossier as a file for a page of one's own, its words inside."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from bakhmut.cli.console import Unusable, Verb, say
from bakhmut.cli.inputs import read, spared
from bakhmut.cli.options import ASSUME, HELP

KINDS = (".svg", ".png")
WIDEST = 10_000


def _of_dossier(name: str) -> Callable[[str | None, tuple[str, ...]], Any]:
    def draw(path: str | None, _: tuple[str, ...]) -> Any:
        from bakhmut import figures

        return getattr(figures, name)(read(path))

    return draw


def _reading_matrix(path: str | None, assume: tuple[str, ...]) -> Any:
    from bakhmut import figures
    from bakhmut.consistency.verbs import check

    return figures.plot_reading_matrix(check(read(path), assume=assume))


def _thresholds(path: str | None, assume: tuple[str, ...]) -> Any:
    from bakhmut import figures
    from bakhmut.consistency.verbs import check

    dossier = read(path)
    return figures.plot_thresholds(check(dossier, assume=assume), dossier)


def _wounded_per_killed(path: str | None, _: tuple[str, ...]) -> Any:
    from bakhmut import figures
    from bakhmut.views.sourcing import read_reference

    dossier = read(path)
    published = read_reference("wounded_per_killed", dossier)
    return figures.plot_wounded_per_killed(dossier, published=published)


def _ratios(path: str | None, _: tuple[str, ...]) -> Any:
    from bakhmut import figures
    from bakhmut.findings import later
    from bakhmut.views import estimates, ratios

    then, now = later.then_and_now(path)
    mark = later.mark_of(then)
    every = later.all_ratios(now, mark, estimates.read_estimates())
    return figures.plot_ratios(every[every["layer"].eq(ratios.REPORTED)], mark=mark)


def _counts(path: str | None, _: tuple[str, ...]) -> Any:
    from bakhmut import figures
    from bakhmut.findings import later
    from bakhmut.views import estimates

    then, now = later.then_and_now(path)
    side, totals = _totals(then, now)
    near = totals[totals["claim"].isin(later.totals_beside(then, now)["claim"])]
    published, day = estimates.read_estimates(), later.day_of(then)
    return figures.plot_counts(estimates.counts_around(near, published, side=side, day=day))


def _series(path: str | None, _: tuple[str, ...]) -> Any:
    from bakhmut import figures
    from bakhmut.dossier.changed.series import bulletins_of
    from bakhmut.findings import later

    then, now = later.then_and_now(path)
    return figures.plot_series(bulletins_of(now), _totals(then, now)[1])


def _totals(then: Any, now: Any) -> tuple[str, Any]:
    """Return the first of the two sides, and its totals later on."""
    from bakhmut.findings.questions import totals_of
    from bakhmut.views.quotients import sides

    side, _ = sides(now) or ("", "")
    return side, totals_of(now, side, own=then.claims["claim"])


# Each figure under its name, less the `plot_`.
FIGURES: dict[str, Callable[[str | None, tuple[str, ...]], Any]] = {
    "counts": _counts,
    "coverage": _of_dossier("plot_coverage"),
    "losses-against-ratios": _of_dossier("plot_losses_against_ratios"),
    "ratio-elsewhere": _of_dossier("plot_ratio_elsewhere"),
    "ratios": _ratios,
    "reading-matrix": _reading_matrix,
    "relays": _of_dossier("plot_relays"),
    "reported-ranges": _of_dossier("plot_reported_ranges"),
    "series": _series,
    "thresholds": _thresholds,
    "wounded-per-killed": _wounded_per_killed,
}


@click.command(
    cls=Verb,
    epilog=f"""\b
Examples
  bakhmut figure losses-against-ratios -o plane.svg
  bakhmut figure relays my-story -o relays.png --width 1200

\b
Names
  {"  ".join(list(FIGURES)[:4])}
  {"  ".join(list(FIGURES)[4:8])}
  {"  ".join(list(FIGURES)[8:])}""",
)
@click.argument("name", type=click.Choice(list(FIGURES)), metavar="NAME")
@click.argument("dossier", required=False)
@click.option("-o", "--output", metavar="FILE", required=True, help="An .svg or a .png to write.")
@click.option(
    "--width",
    type=click.IntRange(16, WIDEST),
    metavar="PX",
    help="How wide, in pixels; the height follows.",
)
@ASSUME
@HELP
def figure(
    name: str, dossier: str | None, *, output: str, width: int | None, assume: tuple[str, ...]
) -> None:
    """Write one figure of DOSSIER as a file, with the words that stand for it inside.

    In an SVG they are its title and description, in a PNG its metadata.
    """
    from bakhmut.base import files

    kind = Path(output).suffix.lower()
    if kind not in KINDS:
        raise Unusable(f"{output}: ends in neither .svg nor .png, which are what can be written")
    target = files.usable(Path(spared(output, dossier)))
    ax = FIGURES[name](dossier, assume)
    from bakhmut.figures.files import png_file, svg_file
    from bakhmut.figures.style import alt_text, is_empty

    if is_empty(ax):
        raise Unusable(f"{name}: {alt_text(ax)} Nothing was written.")
    files.replace(target, (svg_file if kind == ".svg" else png_file)(ax, width=width))
    say(output)
