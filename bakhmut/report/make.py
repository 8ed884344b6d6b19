"""Make a report: run the notebooks on a dossier, write one HTML file, leave no half of one.

A report replaces an earlier one in a single step, when it is whole. Whatever happens before, the
earlier one is as it was.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bakhmut.base import files
from bakhmut.base.extras import require
from bakhmut.base.limits import within
from bakhmut.dossier.claims import DATA, Dossier, write_dossier
from bakhmut.dossier.problems import DossierError
from bakhmut.drafting.reading.intake import read_text
from bakhmut.drafting.texts import read_dossier
from bakhmut.report.chapters.kernels import Kernels, ReportError, kernels

if TYPE_CHECKING:
    from bakhmut.report.chapters.execute import Progress
    from bakhmut.report.page import ReportRequest, Results

__all__ = ["ReportError", "notebooks_folder", "write_report"]


def notebooks_folder() -> Path:
    """Return the folder of the shipped notebooks: in the package, or beside it in a checkout."""
    package = Path(__file__).parents[1]
    inside = package / "notebooks"
    return inside if inside.is_dir() else package.parent / "notebooks"


def to_stderr(line: str) -> None:
    """Print a line of progress where it does not mix with what a command returns."""
    print(line, file=sys.stderr, flush=True)


def write_report(
    dossier: Dossier | str | Path | None,
    target: str | Path,
    *,
    against: Dossier | str | Path | None = None,
    assume: Iterable[str] = (),
    updates: Iterable[str] = (),
    as_of: str | None = None,
    series: str | Path | None = None,
    days: Iterable[str] = (),
    together: bool = False,
    text: str | Path | None = None,
    progress: Progress = to_stderr,
    notebooks: str | Path | None = None,
    seconds: float = 0,
    source: Kernels | None = None,
) -> Path:
    """Return the path of the report on a dossier: one HTML file that opens anywhere.

    Parameters
    ----------
    dossier : Dossier, path or None
        What to report on; None for the shipped article.
    target : path
        The file to write. An earlier one is replaced only by a whole new one.
    against : Dossier or path, optional
        Adds a chapter on what moved since that dossier, and because of what.
    assume : names
        What-if assumptions to put in force.
    updates : texts
        `CLAIM=VALUE`: newer figures to put in place of printed ones; `as_of` is their day.
    series : path, optional
        The JSON of the General Staff's daily bulletins: adds those of the claims' days, and a
        chapter that lays the claims beside the series. `days` are further days to add.
    together : bool
        Check the texts of a dossier as one: one verdict, conflicts numbered through.
    text : path, optional
        The text that the quotes are from, in full: its paragraphs stand in the page, with the
        figures lit. It stays on this machine but for the page itself.
    progress : callable
        Gets one line for each notebook cell that has run; prints to standard error by default.
    notebooks : path, optional
        A folder of other notebooks than the shipped ones.
    seconds : float
        The processor time that reading, deciding and each notebook may take; 0 for no limit.
    source : Kernels, optional
        Kernels of the caller that are warming up already, for this one report.

    Raises
    ------
    DossierError
        Where a dossier cannot be used.
    MissingPackage
        Where a package of the extra `report` is not installed.
    ReportError
        Where a notebook fails (it names notebook, cell and error) or the file cannot be written.
    """
    require("report", "bakhmut report")
    place = _place(Path(target))
    words = _full_text(text)
    # They warm up while the dossier is read.
    with nullcontext(source) if source else kernels(seconds=seconds) as source:
        with within(seconds):
            story = _story(
                dossier,
                against,
                assume=assume,
                updates=updates,
                as_of=as_of,
                series=series,
                days=tuple(days),
                together=together,
            )
        story = replace(story, **words)
        given = _put(story, source.workplace)
        source.keep_brief(given)
        folder = Path(notebooks) if notebooks else notebooks_folder()
        from bakhmut.report.chapters.execute import execute  # slow, so only now

        with ThreadPoolExecutor(1) as beside:
            running = beside.submit(
                execute,
                sorted(folder.glob("[!.]*.ipynb")),
                source,
                dossier=given,
                progress=progress,
                apart=story.apart,
            )
            try:
                with within(seconds):
                    results = _decide(story)
                # Slow, too, but the notebooks are still running.
                from bakhmut.report.chapters.sections import chapters
                from bakhmut.report.page import page_around

                with within(seconds):
                    page = page_around(story, results)
                executed = running.result()
            except BaseException:
                source.close()  # so that the notebooks end, too
                raise
    with within(seconds):
        whole = page(chapters(executed, set(story.dossier.claims["claim"])))
    try:
        files.replace(place, whole.encode("utf-8", "replace"))
    except OSError as error:
        raise _unwritten(target, error) from error
    return Path(target)


def _full_text(text: str | Path | None) -> dict[str, str]:
    """Return a text and its file's name for the story.

    Raises
    ------
    ReportError
        The file cannot be read, or holds no text: any that `bakhmut draft` reads will do.
    """
    if text is None:
        return {}
    try:
        return {"text": read_text(text), "text_name": Path(text).name}
    except DossierError as error:
        raise ReportError(str(error)) from error


def _place(target: Path) -> Path:
    """Return where to write, cleared of what killed runs left."""
    try:
        place = files.usable(target)
    except OSError as error:
        raise _unwritten(target, error) from error
    files.clear_parts(place)
    return place


def _unwritten(target: str | Path, error: OSError) -> ReportError:
    why = error.strerror or str(error)
    return ReportError(f"{target} cannot be written: {why}. An earlier report is as it was.")


def _story(
    dossier: Dossier | str | Path | None,
    against: Dossier | str | Path | None,
    *,
    assume: Iterable[str],
    updates: Iterable[str],
    as_of: str | None,
    series: str | Path | None,
    days: tuple[str, ...],
    together: bool,
) -> ReportRequest:
    """Return what the report is to tell, with newer figures and bulletins in place."""
    from bakhmut.report.page import ReportRequest

    subject = dossier if isinstance(dossier, Dossier) else read_dossier(dossier)
    other = against if against is None or isinstance(against, Dossier) else read_dossier(against)
    name, updates, changed, beside = _name(subject), tuple(updates), None, None
    if updates or as_of:
        from bakhmut.dossier.changed.updates import apply_updates

        subject, changed = apply_updates(subject, updates, as_of=as_of)
    if series is not None:
        from bakhmut.report.beside import lay_beside

        beside = lay_beside(subject, series, dates=days or None)
        subject = beside.dossier
    return ReportRequest(
        subject,
        name=name,
        assume=tuple(assume),
        updates=updates,
        as_of=as_of or "",
        changed=changed,
        against=other,
        against_name="" if other is None else other.name,
        beside=beside,
        series="" if series is None else Path(series).name,
        days=days,
        together=together,
    )


def _name(dossier: Dossier) -> str:
    """Return what one would type to name a dossier: its folder or file; "" for the shipped one."""
    if dossier.folder is None:
        return dossier.name
    if dossier.folder == DATA / "article" and dossier.sha256 == read_dossier().sha256:
        return ""
    return dossier.file or dossier.name


def _put(story: ReportRequest, folder: Path) -> str | None:
    """Write the dossier where the notebooks will look for it; return the path they are given.

    They see a copy under its own name, so that what they show does not depend on the machine,
    and what is checked cannot change meanwhile.
    """
    if not story.name and story.changed is None and story.beside is None:
        return None
    name = re.sub(r"[^\w .-]", "-", story.dossier.name).strip(". ") or "dossier"
    write_dossier(story.dossier, folder / name)
    return name


def _decide(story: ReportRequest) -> Results:
    """Return all that is computed here, not in the notebooks."""
    from bakhmut.findings.summary import examine
    from bakhmut.meaning.interpretation import interpret
    from bakhmut.report.page import Results

    outcomes = examine(story.dossier, together=story.together, assume=story.assume)
    moved = None
    if story.against is not None:
        from bakhmut.findings.changes import compare

        moved = compare(story.against, story.dossier, assume=story.assume)
    shown = ""
    if story.beside is not None:
        from bakhmut.report.beside import picture

        shown = picture(story.beside)
    return Results(outcomes, interpret(story.dossier), moved, shown)
