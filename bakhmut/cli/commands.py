"""The verbs: their options, and what each prints."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from bakhmut import __version__
from bakhmut.cli.checking import check
from bakhmut.cli.console import (
    CONTRADICTION,
    Unusable,
    Verb,
    Verbs,
    say,
    say_csv,
    say_json,
    say_lines,
    say_xlsx,
    shell,
)
from bakhmut.cli.drafting import draft
from bakhmut.cli.inputs import one_day, read, spared
from bakhmut.cli.options import AS_OF, ASSUME, DAY, FORMAT, HELP, SECONDS, SERIES, SET, TOGETHER
from bakhmut.cli.pictures import figure

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

    A dossier is a folder with a claims.csv (or that file), or a workbook (.xlsx); "-" is standard
    input; without one, the shipped article is taken. Nothing here says whether a figure is right,
    only whether the figures fit together.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


cli.add_command(check)
cli.add_command(figure)


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
@SECONDS
@HELP
def diff(old: str, new: str, *, kind: str, assume: tuple[str, ...], seconds: float) -> None:
    """Say what moved between two dossiers, and because of what.

    Figures changed (and changed in silence: another number under the same date), claims that
    came and went, conflicts and flags that appeared, dissolved or changed.
    """
    from bakhmut.base.limits import within
    from bakhmut.cli.shown import screens
    from bakhmut.findings import changes

    with within(seconds):
        before, after = read(old), read(new)
        frame = changes.compare(before, after, assume=assume)
    if kind == "table":
        say_lines(screens.diff_table(frame, (before, after), click.style))
    elif kind == "csv":
        say_csv(frame.to_dict("records"), list(frame.columns))
    elif kind == "xlsx":
        say_xlsx(frame.to_dict("records"), list(frame.columns), name="diff")
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
@SECONDS
@click.pass_context
@HELP
def verify(
    context: click.Context, text: str, dossier: str | None, *, kind: str, seconds: float
) -> None:
    """Look up each quote of DOSSIER in the file TEXT, verbatim."""
    from bakhmut.base.limits import within
    from bakhmut.cli.shown import screens
    from bakhmut.dossier.claims import verify_quotes
    from bakhmut.drafting.reading.intake import read_text

    with within(seconds):
        frame = verify_quotes(read_text(text), read(dossier))
    if kind == "table":
        say_lines(screens.verify_table(frame))
    elif kind == "csv":
        say_csv(frame.to_dict("records"), list(frame.columns))
    elif kind == "xlsx":
        say_xlsx(frame.to_dict("records"), list(frame.columns), name="verify")
    else:
        say_json(frame.to_dict("records"))
    context.exit(0 if frame["found"].all() else CONTRADICTION)


@cli.command(
    epilog="""\b
Examples
  bakhmut new my-story.xlsx --empty         one workbook, a sheet a table
  bakhmut new my-story                      a folder of CSV tables
then fill it in a spreadsheet, save it, and
  bakhmut check my-story.xlsx""",
)
@click.argument("folder")
@click.option(
    "--empty", is_flag=True, help="Tables with header rows alone, for a text of your own."
)
@HELP
def new(folder: str, *, empty: bool) -> None:
    """Make FOLDER with a copy of the article's tables, to edit.

    A FOLDER that ends in .xlsx is one workbook, a sheet a table.
    """
    from bakhmut.dossier.claims import RECIPES, new_dossier

    made = new_dossier(folder, empty=empty)
    held = "empty tables" if empty else "a copy of the article's dossier"
    told = _NEXT_IN_ONE_FILE if made.is_file() else _NEXT
    say(told.format(folder=shell(made), held=held, recipes=RECIPES))


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
Parts, shares, running tolls, corrections, each with worked rows:
  {recipes}
Edit them in a spreadsheet, save as CSV (UTF-8), then:
  bakhmut check {folder}"""

_NEXT_IN_ONE_FILE = """\
{folder} now holds {held}: a sheet a table.
Only the sheet claims is needed. Hold the pointer over a column's name to read
what goes there. Parts, shares, running tolls, corrections, with worked rows:
  {recipes}
Save it, then:
  bakhmut check {folder}"""


class Report(Verb):
    """The verb that needs kernels: they warm up while all else is loaded."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run it."""
        from bakhmut.report.chapters.kernels import ReportError, kernels

        try:
            with kernels(seconds=ctx.params["seconds"]) as ctx.obj:
                return super().invoke(ctx)
        except ReportError as error:
            raise Unusable(str(error)) from error


@cli.command(
    cls=Report,
    epilog="""\b
Examples
  bakhmut report                            the shipped article
  bakhmut report my-story -o my-story.html
  bakhmut report my-story --against my-story-last-week
  bakhmut report --set russia-total=154,830 --as-of 2023-03-07
  bakhmut report --series russia_losses_personnel.json""",
)
@click.argument("dossier", required=False)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help="Where to write; else <dossier>.html here, of a draft <dossier>-report.html.",
)
@click.option("--against", metavar="DOSSIER", help="Add a chapter on what moved since that one.")
@TOGETHER
@click.option("--text", metavar="FILE", help="The text in full, to light up its figures in it.")
@ASSUME
@SET
@AS_OF
@SERIES
@DAY
@SECONDS
@HELP
@click.pass_obj
def report(
    source: Any,
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
    seconds: float,
) -> None:
    """Write one HTML file with the whole check of DOSSIER, to open anywhere."""
    from bakhmut.base.limits import within
    from bakhmut.report.make import write_report

    with within(seconds):
        found = read(dossier)  # what is wrong with it is said before any notebook runs
    written = write_report(
        found,
        spared(output or _page_of(found), dossier, against, series, text),
        together=together,
        against=against,
        assume=assume,
        updates=figures,
        as_of=one_day(dates),
        series=series,
        days=days,
        text=text,
        seconds=seconds,
        source=source,
    )
    say(str(written))


# By what a report is told from other pages, and in how many bytes from its beginning.
_OURS, _WITHIN = b'<meta name="generator" content="bakhmut', 10_000


def _page_of(dossier: Any) -> str:
    """Return a name for the page on a dossier: never that of a page that is none of ours."""
    own = f"{dossier.name}.html"
    drafted = dossier.file.lower().endswith((".html", ".htm")) or len(dossier.evidence)
    return f"{dossier.name}-report.html" if drafted or _is_of_others(Path(own)) else own


def _is_of_others(page: Path) -> bool:
    """Return whether there is a file of this name that is no report."""
    if not page.is_file():
        return False
    with page.open("rb") as file:
        return _OURS not in file.read(_WITHIN)
