"""A report on a folder, a workbook, and what comes through a pipe: one page of the same rows."""

from __future__ import annotations

import io
import sys

import pytest
from samples import CLAIMS, small

from bakhmut.__main__ import main
from bakhmut.dossier.claims import write_dossier

pytestmark = pytest.mark.usefixtures("warm_kernels")
SHOWN = ["# Which?", "DOSSIER = None", "import bakhmut as bk", "bk.read_dossier(DOSSIER).sha256"]


def told(page: str) -> list[str]:
    """What the page says of the figures, and what it finds in them."""
    parts = []
    for start, end in (('id="figures"', "</section>"), ('id="findings"', "</section>")):
        at = page.index(start)
        parts.append(page[at : page.index(end, at)])
    return parts


@pytest.fixture
def made(notebooks, tmp_path, monkeypatch):
    """Make a report by the command line, in a folder with the small dossier in each form."""
    folder = notebooks(**{"01-shown": SHOWN})
    monkeypatch.setattr("bakhmut.report.make.notebooks_folder", lambda: folder)
    monkeypatch.chdir(tmp_path)
    for name in ("small", "small.xlsx"):
        write_dossier(small(), tmp_path / name)

    def made(given: str) -> str:
        assert main(["report", given]) == 0
        (page,) = tmp_path.glob("*.html")
        text = page.read_text(encoding="utf-8")
        page.unlink()
        return text

    return made


def test_a_workbook_makes_the_report_that_its_tables_make(made):
    folder, workbook = made("small"), made("small.xlsx")
    assert told(workbook) == told(folder)
    assert small().sha256 in folder and small().sha256 in workbook
    assert "bakhmut report small.xlsx" in workbook


def test_what_comes_through_a_pipe_makes_a_report(made, tmp_path, monkeypatch):
    table = (tmp_path / "small" / "claims.csv").read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(table), encoding="utf-8"))
    page = made("-")
    for claim in CLAIMS:
        assert claim["quote"] in page
    # At least 200 and at most 100 of one voice: the same verdict as of the folder.
    assert '<p class="verdict" data-status="contradiction">' in page
