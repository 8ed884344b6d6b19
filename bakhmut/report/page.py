"""The whole page from what was computed: one HTML file that asks nobody for anything."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from bakhmut.base.words import bound, number, off_by
from bakhmut.dossier.derived import set_aside
from bakhmut.dossier.doors.frames import tuples_of
from bakhmut.engine.proving.proofs import split_lines
from bakhmut.engine.status import STATUS, worst
from bakhmut.findings.advice.brief import UNCHECKED, briefs
from bakhmut.findings.next_row import names_to_ask_about
from bakhmut.findings.summary import summarize
from bakhmut.findings.unconfirmed import leaning_on_the_article, unconfirmed
from bakhmut.report import appendix, plain, reading, record
from bakhmut.report.chapters.markup import is_web
from bakhmut.report.linked import linked_data, script_json
from bakhmut.report.picture import picture
from bakhmut.report.whatif_section import section

if TYPE_CHECKING:
    from bakhmut.dossier.claims import Dossier
    from bakhmut.findings.summary import Outcome
    from bakhmut.report.beside import Beside
    from bakhmut.report.chapters.sections import Chapter

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, eq=False)
class ReportRequest:
    """What a report is to tell.

    `name` is what one would type for the dossier ("" for the shipped one), `changed` has the cells
    that `updates` replaced, `against` is what to compare with, `series` the file of `beside`;
    `together` checks several texts as one; `text` is what the quotes are from, in full.
    """

    dossier: Dossier
    name: str = ""
    assume: tuple[str, ...] = ()
    together: bool = False
    updates: tuple[str, ...] = ()
    as_of: str = ""
    changed: pd.DataFrame | None = None
    against: Dossier | None = None
    against_name: str = ""
    beside: Beside | None = None
    series: str = ""
    days: tuple[str, ...] = ()
    text: str = ""
    text_name: str = ""

    @property
    def apart(self) -> bool:
        """Whether several texts are each checked by themselves."""
        return not self.together and self.dossier.claims["article"].nunique() > 1


@dataclass(frozen=True, eq=False)
class Results:
    """What came of it: the outcome of each text, every reading, what moved."""

    outcomes: Sequence[Outcome]
    readings: pd.DataFrame
    moved: pd.DataFrame | None = None
    picture: str = ""  # of the dossier beside the series, as HTML


def build_page(story: ReportRequest, results: Results, chapters: Sequence[Chapter]) -> str:
    """Return the page as HTML.

    It opens from disk and asks no host for anything. Its content security policy names the one
    style and the one script that it holds by their digests; nothing else in it can run. The same
    story, results and chapters give the same text.
    """
    return page_around(story, results)(chapters)


def page_around(story: ReportRequest, results: Results) -> Callable[[Sequence[Chapter]], str]:
    """Return what makes the page of its chapters; all else is worked out before they are there."""
    whatif = section(story.dossier)
    style, script = _asset("page.css"), _asset("page.js")
    if whatif is not None:
        style, script = f"{style}\n{_asset('whatif.css')}", f"{script}\n{_asset('whatif.js')}"
    summary = summarize(story.dossier, results.outcomes)
    found = _findings(story, results, summary)
    context = {
        **found,
        **_accounts(story),
        "story": story,
        "results": results,
        "summary": summary,
        "whatif": whatif,
        "style": style,
        "script": script,
        "policy": _policy(style, script),
    }
    environment = _environment()
    assumptions = story.dossier.assumptions
    environment.filters["assumed"] = lambda name: plain.assumed(name, assumptions)
    template = environment.get_template("page.html.j2")

    def with_chapters(chapters: Sequence[Chapter]) -> str:
        lifted = {place: shown for chapter in chapters for place, shown in chapter.lifted.items()}
        sections = list(_sections(story, results, found, whatif=whatif, lifted=lifted))
        return template.render(context, chapters=chapters, lifted=lifted, sections=sections)

    return with_chapters


def _sections(
    story: ReportRequest,
    results: Results,
    found: Mapping[str, Any],
    *,
    whatif: object,
    lifted: Mapping[str, str],
) -> Iterator[tuple[str, str]]:
    """Yield the sections that the page has, for its contents: anchor, words."""
    yield "text", "In its own words"
    yield "figures", "Figure by figure"
    if found["found"]:
        yield "findings", "What to look at first"
    if whatif is not None:
        yield "what-if", "What if?"
    if lifted.get("later"):
        yield "later", "What came later"
    if story.beside is not None:
        yield "bulletins", "Beside the daily bulletins"
    if results.moved is not None:
        yield "moved", "What moved"
    yield "workings", "Workings"


def _asset(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8").strip()


def _policy(style: str, script: str) -> str:
    """Return a content security policy under which only these two texts have any effect."""
    digests = (
        base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        for text in (style, script)
    )
    style_digest, script_digest = digests
    return (
        f"default-src 'none'; img-src data:; style-src 'sha256-{style_digest}'; "
        f"script-src 'sha256-{script_digest}'; base-uri 'none'; form-action 'none'"
    )


def _environment() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters.update(
        anchor=record.anchor,
        implied=_implied,
        is_web=is_web,
        number=number,
        proofs=split_lines,
        dissolves=record.dissolves,
        off_by=off_by,
        reading=record.reading_words,
    )
    return environment


def _implied(bounds: pd.DataFrame) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Return the rows of what is implied over all readings, and of what each reading implies."""
    whole, each = [], []
    for row in tuples_of(bounds):
        words = record.reading_words(row.reading)
        if words:
            each.append((row.quantity, words, bound(row.kind, row.low, row.high)))
        else:
            whole.append((row.quantity, bound(row.kind, row.low, row.high)))
    return whole, each


def _findings(story: ReportRequest, results: Results, summary: dict[str, Any]) -> dict[str, Any]:
    """Return what all three levels say of figures, conflicts and flags."""
    dossier, outcomes = story.dossier, results.outcomes
    conflicts, flags = record.conflicts(outcomes), record.flags(outcomes)
    items = [*conflicts, *flags]
    claims, title = record.claims(dossier, results.readings, items), dossier.title or dossier.name
    status = worst(outcome.check.status for outcome in outcomes)
    leading = record.findings(items)
    rows = reading.rows(outcomes, dossier)
    paragraphs = reading.sentences(story.text, dossier) if story.text else []
    lit = {claim for paragraph in paragraphs for piece in paragraph for claim in piece.claims}
    return {
        "title": title,
        "status": status,
        "plain": STATUS[status].sentence,
        "headings": {**{name: one.heading for name, one in STATUS.items()}},
        "brief": briefs(outcomes),
        "unchecked": UNCHECKED,
        "line": picture(dossier, outcomes),
        "rows": rows,
        "said_by": reading.said(rows),
        "of_most": reading.of_most(outcomes, dossier),
        "common": plain.scopes(dossier.claims).common,
        "row_of": {row.claim: row for row in rows},
        "paragraphs": paragraphs,
        "unfound": [row for row in rows if row.claim not in lit],
        "notes": _notes(dossier, outcomes),
        "found": reading.told(leading),
        "leading": {finding.item.anchor for finding in leading},
        "conflicts": record.by_culprit(conflicts),
        "flags": flags,
        "claims": claims,
        "linked": linked_data(claims, conflicts, title=title),
        "check": script_json(summary),
    }


def _notes(dossier: Dossier, outcomes: Sequence[Outcome]) -> list[str]:
    """Return what the table of figures should not leave unsaid."""
    aside = set_aside(dossier.claims)
    notes = []
    for outcome in outcomes:
        alone = [claim for claim in outcome.check.alone if claim not in aside]
        notes.append(names_to_ask_about(outcome.dossier, alone))
        notes.append(leaning_on_the_article(outcome))
    notes += unconfirmed(outcomes)
    return list(dict.fromkeys(filter(None, notes)))


def _accounts(story: ReportRequest) -> dict[str, Any]:
    """Return what the appendix says."""
    return {
        "tables": list(appendix.tables(story.dossier)),
        "in_force": appendix.in_force(story.dossier, story.assume),
        "versions": appendix.versions(),
        "command": appendix.command(
            story.name,
            against=story.against_name,
            assume=story.assume,
            updates=story.updates,
            as_of=story.as_of,
            series=story.series,
            days=story.days,
            together=story.together,
            text=story.text_name,
        ),
    }
