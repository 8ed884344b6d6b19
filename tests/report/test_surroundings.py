"""A report is the same page wherever it is made, or one sentence says what is in the way."""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile

import matplotlib
import pytest
from samples import small, write_notebooks

from bakhmut.dossier.claims import write_dossier
from bakhmut.report.chapters import kernels
from bakhmut.report.make import ReportError, write_report

CELLS = [
    "# What is drawn, and where?",
    "DOSSIER = None",
    "import bakhmut as bk",
    "bk.figures.show(bk.plot_losses_against_ratios(bk.read_dossier(DOSSIER)))",
]


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder with a dossier and a notebook that draws."""
    place = tmp_path_factory.mktemp("place")
    write_dossier(small(), place / "small")
    write_notebooks(place / "notebooks", **{"01-drawn": CELLS})
    return place


def report(place, target, **environment):
    """Make a report in a process of its own; return it with how the process ended."""
    code = (
        "import sys; from bakhmut.report.make import write_report; "
        "write_report(sys.argv[1], sys.argv[2], notebooks=sys.argv[3])"
    )
    command = [
        sys.executable,
        "-c",
        code,
        *map(str, (place / "small", target, place / "notebooks")),
    ]
    return subprocess.run(
        command, env={**os.environ, **environment}, capture_output=True, text=True, timeout=300
    )


@pytest.fixture(scope="module")
def page(place):
    """The page as it is made here."""
    done = report(place, place / "usual.html")
    assert done.returncode == 0, done.stderr
    return (place / "usual.html").read_bytes()


def test_a_users_own_settings_of_figures_templates_and_folders_change_nothing(
    place, page, tmp_path
):
    style = "text.usetex: True\nfigure.dpi: 31\naxes.grid: True\nfont.family: serif\n"
    style += "backend: TkAgg\nsavefig.bbox: tight\nlines.linewidth: 9\nsvg.fonttype: path\n"
    (tmp_path / "matplotlibrc").write_text(style + "axes.facecolor: black\n")
    # A template of theirs with the name of one that ours is filled in on: it names itself.
    templates = tmp_path / "jupyter" / "nbconvert" / "templates" / "base"
    templates.mkdir(parents=True)
    (templates / "conf.json").write_text(json.dumps({"base_template": "base"}))
    (templates / "display_priority.j2").write_text("theirs {% block any_cell %}{% endblock %}")
    (templates / "null.j2").write_text("theirs")
    # Too long a name for a socket in it: 107 bytes at most.
    long = tmp_path / ("long" * 30)
    long.mkdir()
    done = report(
        place,
        tmp_path / "report.html",
        MATPLOTLIBRC=str(tmp_path / "matplotlibrc"),
        MPLBACKEND="TkAgg",
        JUPYTER_PATH=str(tmp_path / "jupyter"),
        TMPDIR=str(long),
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "report.html").read_bytes() == page
    assert not list(long.iterdir())


def test_where_few_files_may_be_open_more_are_asked_for(place, page, tmp_path):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, hard))
    try:
        done = report(place, tmp_path / "report.html")
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "report.html").read_bytes() == page


def test_where_only_few_files_may_be_open_it_is_said(monkeypatch, tmp_path):
    monkeypatch.setattr(resource, "getrlimit", lambda which: (64, 64))
    with pytest.raises(ReportError, match="256 files open at once, and 64 are allowed"):
        write_report(small(), tmp_path / "report.html")
    assert not list(tmp_path.iterdir())


def test_a_temporary_folder_that_is_nearly_full_is_named(monkeypatch, tmp_path):
    usage = shutil.disk_usage(tmp_path)._replace(free=2 * kernels.MEGABYTE)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(ReportError) as caught:
        write_report(small(), tmp_path / "report.html")
    assert "too little room in the temporary folder" in str(caught.value)
    assert "2.0 MB are free" in str(caught.value)
    assert not list(tmp_path.iterdir())


def test_a_figure_in_a_session_of_the_readers_own_keeps_our_style_and_leaves_theirs():
    import bakhmut as bk
    from bakhmut.figures.style import png

    dossier = bk.read_dossier()
    ours = png(bk.plot_losses_against_ratios(dossier))
    with matplotlib.rc_context(
        {"text.usetex": True, "figure.dpi": 31, "axes.grid": True, "axes.facecolor": "black"}
        | {"font.family": ["serif"], "savefig.bbox": "tight", "lines.linewidth": 9}
    ):
        theirs = dict(matplotlib.rcParams)
        assert png(bk.plot_losses_against_ratios(dossier)) == ours
        assert dict(matplotlib.rcParams) == theirs
