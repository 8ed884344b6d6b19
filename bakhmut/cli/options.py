"""Options that several verbs take."""

from __future__ import annotations

import click

from bakhmut.base.limits import SECONDS as ENOUGH

HELP = click.help_option("-h", "--help")

FORMAT = click.option(
    "--format",
    "kind",
    type=click.Choice(["table", "json", "csv", "xlsx"]),
    default="table",
    show_default=True,
    help="table to read, json for scripts, csv or xlsx for a spreadsheet.",
)
CHECK_FORMAT = click.option(
    "--format",
    "kind",
    type=click.Choice(["table", "json", "csv", "xlsx", "md"]),
    default="table",
    show_default=True,
    help="table to read, json for scripts, csv or xlsx for a spreadsheet, md a note to paste.",
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
    help="Processor time, after which the input is given up; 0 for no limit.",
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
ALL = click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Compare figures that were corrected, withdrawn or denied, too.",
)
TOGETHER = click.option(
    "--together",
    is_flag=True,
    help="Check the texts of the column 'article' as one, not text by text.",
)
