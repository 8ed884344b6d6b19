"""`check`: the first screen, all of it, one sum, or data; and an archive of dossiers."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from bakhmut.cli.console import (
    CONTRADICTION,
    UNUSABLE,
    Unusable,
    Verb,
    say,
    say_csv,
    say_json,
    say_lines,
    say_xlsx,
)
from bakhmut.cli.inputs import laid_beside, read, spared, updated
from bakhmut.cli.options import (
    ALL,
    AS_OF,
    ASSUME,
    CHECK_FORMAT,
    DAY,
    HELP,
    SECONDS,
    SERIES,
    SET,
    TOGETHER,
)


@click.command(
    cls=Verb,
    epilog="""\b
Examples
  bakhmut check                             the shipped article
  bakhmut check my-story/claims.csv --format csv > check.csv
  bakhmut check --full                      every sum, every flag
  bakhmut check --assume bakhmut-ratio-war-wide
  bakhmut check --set russia-total=154,830 --as-of 2023-03-07
  bakhmut check --series russia_losses_personnel.json
  bakhmut check my-story --format json | jq -r .status
  bakhmut check --many archive -o results.csv

\b
Exit code: 1 where some conflict is a contradiction (no reading saves it),
2 where the dossier cannot be used, else 0.""",
)
@click.argument("dossier", required=False)
@CHECK_FORMAT
@click.option("--full", is_flag=True, help="All: each conflict with its sum, flags, bounds.")
@click.option("--proof", type=int, metavar="N", help="The sum of one conflict, by its number.")
@ASSUME
@SET
@AS_OF
@SERIES
@DAY
@TOGETHER
@ALL
@SECONDS
@click.option(
    "--many",
    is_flag=True,
    help="DOSSIER is a folder of dossiers: check each, on all cores, one row each.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help="With --many: the table of results; else DOSSIER-check.csv. Run again to go on.",
)
@click.option(
    "--certificate",
    metavar="FILE",
    help="Write every sum as JSON, to be checked without bakhmut (docs/check_certificate.py).",
)
@click.pass_context
@HELP
def check(
    context: click.Context,
    dossier: str | None,
    *,
    kind: str,
    full: bool,
    proof: int | None,
    assume: tuple[str, ...],
    figures: tuple[str, ...],
    dates: tuple[str, ...],
    series: str | None,
    days: tuple[str, ...],
    together: bool,
    everything: bool,
    seconds: float,
    many: bool,
    output: str | None,
    certificate: str | None,
) -> None:
    """Say whether the figures of DOSSIER can hold together.

    Prints whether they can be printed together, what to change and what to mind; then a line a
    conflict, with what it needs and how far off it is.
    """
    from bakhmut.base.limits import within
    from bakhmut.dossier.changed.edits import standing
    from bakhmut.findings import summary

    if (full or proof is not None) and kind != "table":
        raise Unusable(f"--{'full' if full else 'proof'} is for the table, not for --format {kind}")
    if many or output:
        alone = {"--set": figures, "--as-of": dates, "--series": series, "--day": days}
        alone |= {"--format": kind != "table", "--full": full, "--proof": proof is not None}
        alone |= {"--certificate": certificate is not None}
        _refuse(many, dossier, [name for name, given in alone.items() if given])
        context.exit(_check_many(str(dossier), output, (together, assume, seconds)))
    with within(seconds):
        whole, changes = updated(read(dossier), figures, dates)
        whole = standing(whole) if everything else whole
        beside = laid_beside(whole, series, days)
        whole = beside.dossier if beside else whole
        outcomes = summary.examine(whole, together=together, assume=assume)
        if certificate:
            _write_certificate(certificate, dossier, (outcomes, assume))
        _say_check(whole, outcomes, kind, (full, proof), (changes, beside))
    context.exit(CONTRADICTION if summary.has_contradiction(outcomes) else 0)


def _write_certificate(target: str, given: str | None, decided: tuple[Any, Any]) -> None:
    """Write the sums of all conflicts, in one step, onto nothing that was read."""
    from bakhmut.base.files import replace, usable
    from bakhmut.cli.shown.certified import certified

    outcomes, assume = decided
    place = usable(Path(spared(target, given)))
    found = certified([one.dossier for one in outcomes], assume=assume)
    replace(place, found.encode())


def _say_check(
    dossier: Any, outcomes: Any, kind: str, which: tuple[bool, int | None], laid: tuple[Any, Any]
) -> None:
    """Print a check: its first screen, all of it or one sum, or as data.

    `laid` are figures set in place of others, and bulletins laid beside, None where none are.
    """
    from bakhmut.cli.shown import first, screens
    from bakhmut.findings import summary

    if kind == "json":
        return say_json(summary.summarize(dossier, outcomes))
    if kind == "csv":
        rows = screens.check_rows(summary.summarize(dossier, outcomes))
        return say_csv(rows, screens.CHECK_COLUMNS)
    if kind == "xlsx":
        rows = screens.check_rows(summary.summarize(dossier, outcomes))
        return say_xlsx(rows, screens.CHECK_COLUMNS, name="check")
    if kind == "md":
        return say("\n".join(first.note(dossier, outcomes)))
    full, number = which
    if number is not None:
        from bakhmut.cli.shown.full import proof

        return say_lines(proof(outcomes, number, click.style))
    changes, beside = laid
    if changes is not None:
        say_lines(screens.updates_table(changes))
    if beside:
        say_lines(screens.beside_table(beside))
    if full:
        from bakhmut.cli.shown.full import full_table

        return say_lines(full_table(outcomes, click.style))
    return say_lines(first.check_screen(outcomes, click.style))


def _refuse(many: bool, dossier: str | None, alone: Sequence[str]) -> None:
    """Raise what does not go together with --many."""
    if not many:
        raise Unusable("-o is for --many; the result of one dossier goes to standard output")
    if dossier is None:
        raise Unusable("--many: name the folder of dossiers")
    if alone:
        raise Unusable(f"{alone[0]} is for one dossier, not for --many")


def _check_many(folder: str, output: str | None, how: tuple) -> int:
    """Check a folder of dossiers; return the exit code."""
    from bakhmut.cli import archive

    place = Path(folder)
    beside = place.parent / f"{Path(os.path.abspath(place)).name}-check.csv"
    target = Path(spared(output, folder)) if output else beside
    if not place.is_dir():
        raise Unusable(f"{folder}: is not a folder")
    rows = archive.check_many(
        place, target, how=archive.How(*how), say=lambda line: say(line, err=True)
    )
    say(f"{len(rows):,} dossiers: {target}")
    for status, count in archive.counted(rows).items():
        say(f"  {count:>7,} {status}")
    if any(row["contradictions"] not in ("", "0") for row in rows):
        return CONTRADICTION
    return UNUSABLE if any(row["error"] for row in rows) else 0
