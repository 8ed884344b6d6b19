"""The verbs: their options, and what each prints."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from bakhmut import __version__
from bakhmut.cli.console import (
    Unusable,
    Verbs,
    read_text,
    say,
    say_csv,
    say_json,
    say_lines,
    shell,
)
from bakhmut.cli.options import AS_OF, ASSUME, DAY, FORMAT, HELP, SECONDS, SERIES, SET

CONTRADICTION, UNUSABLE = 1, 2
SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 80}


@click.group(
    cls=Verbs,
    context_settings=SETTINGS,
    invoke_without_command=True,
    epilog="""\b
Examples
  bakhmut check                     the shipped article
  bakhmut new my-story              a copy of its tables to edit
  bakhmut check my-story            your own text
  bakhmut report my-story -o my-story.html
Each verb explains itself: bakhmut check --help""",
)
@click.version_option(__version__, "--version", prog_name="bakhmut")
@click.pass_context
def cli(context: click.Context) -> None:
    """Which reported casualty figures can hold together, and under which reading.

    A dossier is a folder with a claims.csv (or that file); without one, the shipped article is
    taken. Nothing here says whether a figure is right, only whether the figures fit together.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@cli.command(
    epilog="""\b
Examples
  bakhmut check                             the shipped article
  bakhmut check my-story/claims.csv --format csv > check.csv
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
@FORMAT
@ASSUME
@SET
@AS_OF
@SERIES
@DAY
@click.option(
    "--together",
    is_flag=True,
    help="Check the texts of the column 'article' as one, not text by text.",
)
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
@click.pass_context
@HELP
def check(
    context: click.Context,
    dossier: str | None,
    *,
    kind: str,
    assume: tuple[str, ...],
    figures: tuple[str, ...],
    dates: tuple[str, ...],
    series: str | None,
    days: tuple[str, ...],
    together: bool,
    seconds: float,
    many: bool,
    output: str | None,
) -> None:
    """Say whether the figures of DOSSIER can hold together.

    Prints the status, then each conflict with its proof, then the flags (reasons to look twice),
    the most serious first.
    """
    from bakhmut.base.limits import within
    from bakhmut.cli import screens
    from bakhmut.findings import summary

    if many or output:
        alone = {"--set": figures, "--as-of": dates, "--series": series, "--day": days}
        alone["--format"] = kind != "table"
        _refuse(many, dossier, [name for name, given in alone.items() if given])
        context.exit(_check_many(str(dossier), output, (together, assume, seconds)))
    with within(seconds):
        whole, changes = _updated(_read(dossier), figures, dates)
        beside = _beside(whole, series, days)
        whole = beside.dossier if beside else whole
        outcomes = summary.examine(whole, together=together, assume=assume)
    if kind == "table":
        if changes is not None:
            say_lines(screens.updates_table(changes))
        if beside:
            say_lines(screens.beside_table(beside))
        say_lines(screens.check_table(outcomes, click.style))
    elif kind == "csv":
        rows = screens.check_rows(summary.summarize(whole, outcomes))
        say_csv(rows, screens.CHECK_COLUMNS)
    else:
        say_json(summary.summarize(whole, outcomes))
    context.exit(CONTRADICTION if summary.has_contradiction(outcomes) else 0)


@cli.command(
    epilog="""\b
Examples
  bakhmut diff my-story my-story-corrected
  bakhmut diff old/claims.csv new/claims.csv --format json""",
)
@click.argument("old")
@click.argument("new")
@FORMAT
@ASSUME
@HELP
def diff(old: str, new: str, *, kind: str, assume: tuple[str, ...]) -> None:
    """Say what moved between two dossiers, and because of what.

    Figures changed (and changed in silence: another number under the same date), claims that
    came and went, conflicts and flags that appeared, dissolved or changed.
    """
    from bakhmut.cli import screens
    from bakhmut.findings import changes

    before, after = _read(old), _read(new)
    frame = changes.compare(before, after, assume=assume)
    if kind == "table":
        say_lines(screens.diff_table(frame, (before, after), click.style))
    elif kind == "csv":
        say_csv(frame.to_dict("records"), list(frame.columns))
    else:
        say_json(changes.as_object(before, after, frame))


@cli.command(
    epilog="""\b
Examples
  bakhmut verify article.txt                the shipped article's quotes
  bakhmut verify my-story.txt my-story
  pbpaste | bakhmut verify - my-story       the text from a pipe

\b
Exit code: 1 where a quote is missing, 2 where something cannot be read,
else 0.""",
)
@click.argument("text")
@click.argument("dossier", required=False)
@FORMAT
@click.pass_context
@HELP
def verify(context: click.Context, text: str, dossier: str | None, *, kind: str) -> None:
    """Look up each quote of DOSSIER in the file TEXT, verbatim."""
    from bakhmut.cli import screens
    from bakhmut.dossier.claims import verify_quotes

    frame = verify_quotes(read_text(text), _read(dossier))
    if kind == "table":
        say_lines(screens.verify_table(frame))
    elif kind == "csv":
        say_csv(frame.to_dict("records"), list(frame.columns))
    else:
        say_json(frame.to_dict("records"))
    context.exit(0 if frame["found"].all() else CONTRADICTION)


@cli.command(
    epilog="""\b
Example
  bakhmut new my-story --empty
then edit my-story/claims.csv in a spreadsheet, save it as CSV (UTF-8), and
  bakhmut check my-story""",
)
@click.argument("folder")
@click.option(
    "--empty", is_flag=True, help="Tables with header rows alone, for a text of your own."
)
@HELP
def new(folder: str, *, empty: bool) -> None:
    """Make FOLDER with a copy of the article's tables, to edit."""
    from bakhmut.dossier.claims import new_dossier

    made = new_dossier(folder, empty=empty)
    held = "empty tables" if empty else "a copy of the article's dossier"
    say(_NEXT.format(folder=shell(made), held=held))


_NEXT = """\
{folder} now holds {held}:
  claims.csv       one row a figure as printed
  sources.csv      who says so: side, kind, named or not
  terms.csv        what words such as "lost" may mean
  readings.csv     ambiguity of single claims
  positions.csv    accounts without numbers
  assumptions.csv  claims nobody made, each with its source
  datapackage.json the report's title
Only claims.csv is needed: tables that you delete fall back to the shipped ones.
Edit them in a spreadsheet, save as CSV (UTF-8), then:
  bakhmut check {folder}"""


@cli.command(
    epilog="""\b
Examples
  bakhmut report                            the shipped article
  bakhmut report my-story -o my-story.html
  bakhmut report my-story --against my-story-last-week
  bakhmut report --set russia-total=154,830 --as-of 2023-03-07
  bakhmut report --series russia_losses_personnel.json""",
)
@click.argument("dossier", required=False)
@click.option("-o", "--output", metavar="FILE", help="Where to write; else <dossier>.html here.")
@click.option("--against", metavar="DOSSIER", help="Add a chapter on what moved since that one.")
@click.option("--together", is_flag=True, help="Check the texts of a dossier as one.")
@click.option("--text", metavar="FILE", help="The text in full, to light up its figures in it.")
@ASSUME
@SET
@AS_OF
@SERIES
@DAY
@HELP
def report(
    dossier: str | None,
    *,
    output: str | None,
    against: str | None,
    together: bool,
    text: str | None,
    assume: tuple[str, ...],
    figures: tuple[str, ...],
    dates: tuple[str, ...],
    series: str | None,
    days: tuple[str, ...],
) -> None:
    """Write one HTML file with the whole check of DOSSIER, to open anywhere."""
    from bakhmut.report.make import ReportError, write_report

    name = _read(dossier).name  # what is wrong with it is said before any notebook runs
    try:
        written = write_report(
            dossier,
            output or f"{name}.html",
            against=against,
            assume=assume,
            updates=figures,
            as_of=_one_day(dates),
            series=series,
            days=days,
            together=together,
            text=text,
        )
    except ReportError as error:
        raise Unusable(str(error)) from error
    say(str(written))


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
    target = Path(output) if output else beside
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


def _updated(dossier: Any, figures: Sequence[str], dates: Sequence[str]) -> tuple[Any, Any]:
    """Return a dossier with the figures of --set in place, and what changed, None where nothing."""
    day = _one_day(dates)
    if not figures and not day:
        return dossier, None
    from bakhmut.dossier.updates import apply_updates

    return apply_updates(dossier, figures, as_of=day)


def _beside(dossier: Any, series: str | None, days: Sequence[str]) -> Any:
    """Return a dossier beside the series of --series, None where none is given."""
    if series is None:
        if days:
            raise Unusable("--day: names a day of the file given with --series")
        return None
    from bakhmut.report.beside import lay_beside

    return lay_beside(dossier, series, dates=days or None)


def _one_day(dates: Sequence[str]) -> str | None:
    if len(set(dates)) > 1:
        raise Unusable("--as-of: give one day; it goes for every --set")
    return dates[0] if dates else None


def _read(path: str | None) -> Any:
    from bakhmut.dossier.claims import read_dossier

    return read_dossier(path)
