"""The command line: report, check, diff, verify, draft, new.

Exit codes: 1 where `check` finds a conflict with the status `contradiction` (and where `verify`
misses a quote), 2 where the input cannot be used, else 0.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from bakhmut import __version__
from bakhmut.base.limits import SECONDS as ENOUGH
from bakhmut.base.limits import TooLong
from bakhmut.cli.drafting import draft, text_named

CONTRADICTION, UNUSABLE, INTERRUPTED = 1, 2, 130
SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 80}
HELP = click.help_option("-h", "--help")

FORMAT = click.option(
    "--format",
    "kind",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
    help="table to read, json for scripts, csv for a spreadsheet.",
)
ASSUME = click.option(
    "--assume",
    multiple=True,
    metavar="NAME",
    help="Put a what-if assumption in force; may be given again.",
)
SECONDS = click.option(
    "--seconds",
    type=click.FloatRange(min=0),
    default=ENOUGH,
    show_default=True,
    metavar="N",
    help="Processor time for a dossier, after which it is given up; 0 for no limit.",
)
SET = click.option(
    "--set",
    "figures",
    multiple=True,
    metavar="CLAIM=VALUE",
    help="Take another figure for a claim; may be given again.",
)
AS_OF = click.option(
    "--as-of",
    "dates",
    multiple=True,
    metavar="DATE",
    help="The day of the figures given with --set, like 2023-03-07.",
)
SERIES = click.option(
    "--series",
    metavar="FILE",
    help="Lay the claims beside the General Staff's daily bulletins (their public JSON).",
)
DAY = click.option(
    "--day",
    "days",
    multiple=True,
    metavar="DATE",
    help="A day of --series to add besides those of the claims; may be given again.",
)


@click.group(
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
            _say_lines(screens.updates_table(changes))
        if beside:
            _say_lines(screens.beside_table(beside))
        _say_lines(screens.check_table(outcomes, click.style))
    elif kind == "csv":
        rows = screens.check_rows(summary.summarize(whole, outcomes))
        _say_csv(rows, screens.CHECK_COLUMNS)
    else:
        _say_json(summary.summarize(whole, outcomes))
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
        _say_lines(screens.diff_table(frame, (before, after), click.style))
    elif kind == "csv":
        _say_csv(frame.to_dict("records"), list(frame.columns))
    else:
        _say_json(changes.as_object(before, after, frame))


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

    frame = verify_quotes(text_named(text), _read(dossier))
    if kind == "table":
        _say_lines(screens.verify_table(frame))
    elif kind == "csv":
        _say_csv(frame.to_dict("records"), list(frame.columns))
    else:
        _say_json(frame.to_dict("records"))
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
    _say(_NEXT.format(folder=_shell(made), held=held))


cli.add_command(draft)

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
        )
    except ReportError as error:
        raise _Unusable(str(error)) from error
    _say(str(written))


def _refuse(many: bool, dossier: str | None, alone: Sequence[str]) -> None:
    """Raise what does not go together with --many."""
    if not many:
        raise _Unusable("-o is for --many; the result of one dossier goes to standard output")
    if dossier is None:
        raise _Unusable("--many: name the folder of dossiers")
    if alone:
        raise _Unusable(f"{alone[0]} is for one dossier, not for --many")


def _check_many(folder: str, output: str | None, how: tuple) -> int:
    """Check a folder of dossiers; return the exit code."""
    from bakhmut.cli import many

    place = Path(folder)
    beside = place.parent / f"{Path(os.path.abspath(place)).name}-check.csv"
    target = Path(output) if output else beside
    if not place.is_dir():
        raise _Unusable(f"{folder}: is not a folder")
    rows = many.check_many(place, target, how=many.How(*how), say=lambda line: _say(line, err=True))
    _say(f"{len(rows):,} dossiers: {target}")
    for status, count in many.counted(rows).items():
        _say(f"  {count:>7,} {status}")
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
            raise _Unusable("--day: names a day of the file given with --series")
        return None
    from bakhmut.report.beside import lay_beside

    return lay_beside(dossier, series, dates=days or None)


def _one_day(dates: Sequence[str]) -> str | None:
    if len(set(dates)) > 1:
        raise _Unusable("--as-of: give one day; it goes for every --set")
    return dates[0] if dates else None


def _read(path: str | None) -> Any:
    from bakhmut.drafting.doors import read_dossier

    return read_dossier(path)


class _Unusable(Exception):
    """Input that cannot be used, with one sentence that says why."""


def _shell(path: Path) -> str:
    """Return a path as one would type it."""
    import shlex

    return shlex.quote(str(path))


def _say(text: str, *, err: bool = False) -> None:
    """Print plain text, made safe for a terminal."""
    from bakhmut.base.terminal import escaped

    click.echo(escaped(text), err=err, color=False)


def _say_lines(lines: Any) -> None:
    """Print lines that are already safe, with colours where they can be shown."""
    click.echo("\n".join(lines), color=_colour())


def _say_csv(rows: Any, columns: Sequence[str]) -> None:
    from bakhmut.base.terminal import as_csv

    click.echo(as_csv(rows, columns), nl=False, color=False)


def _say_json(value: Any) -> None:
    from bakhmut.base.terminal import as_json

    encoding = (getattr(sys.stdout, "encoding", "") or "").lower().replace("-", "")
    click.echo(as_json(value, ascii_only=encoding != "utf8"), color=False)


def _colour() -> bool | None:
    """Return whether to colour: never under NO_COLOR, else only on a terminal."""
    return False if os.environ.get("NO_COLOR") else None


def main(arguments: Sequence[str] | None = None) -> int:
    """Return the exit code of a command line; every failure is a line on standard error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        args = None if arguments is None else list(arguments)
        return cli.main(args, prog_name="bakhmut", standalone_mode=False) or 0
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except (click.Abort, KeyboardInterrupt):
        return _fail("stopped", INTERRUPTED)
    except click.ClickException as error:
        error.show()
        return UNUSABLE
    except TooLong as error:
        return _fail(f"the dossier {error}; --seconds gives it more")
    except MemoryError:
        return _fail("the dossier needs more memory than there is")
    except SystemExit:
        return 0  # click's word for a closed pipe: its reader has seen enough
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        return _fail(f"{where}{error.strerror or error}")
    except Exception as error:
        return _unexpected(error)


def _unexpected(error: Exception) -> int:
    """Say what is wrong with the input, or that the fault is ours; show no traceback."""
    from bakhmut.dossier.claims import DossierError

    if isinstance(error, DossierError | _Unusable):
        return _fail(str(error))
    if os.environ.get("BAKHMUT_DEBUG"):
        raise error
    return _fail(
        f"a fault in bakhmut itself ({type(error).__name__}: {error}); nothing was decided. "
        "Please report it; BAKHMUT_DEBUG=1 shows where it happened."
    )


def _fail(message: str, code: int = UNUSABLE) -> int:
    with contextlib.suppress(OSError):
        _say(message, err=True)
    return code


if __name__ == "__main__":
    sys.exit(main())
