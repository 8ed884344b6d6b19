"""Many dossiers in one run: one row each, whatever they are, and nothing done twice."""

from __future__ import annotations

import csv
import gc
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from multiprocessing import get_context

import pytest
from places import CASES, ROOT

from bakhmut.__main__ import main
from bakhmut.base.limits import TooLong, within
from bakhmut.cli import archive as archives
from bakhmut.cli.results import known_rows
from bakhmut.dossier.changed.edits import tables_of
from bakhmut.dossier.claims import DossierError, read_dossier
from bakhmut.findings.summary import examine, summarize

EXAMPLE = ROOT / "examples" / "archive_on_dask.py"
SOME = ("ebola-table", "iraq-war-logs", "kosovo-tanks", "march-estimates")


@pytest.fixture
def archive(tmp_path):
    """An archive of four dossiers, one of them deeper, and one that cannot be used."""
    folder = tmp_path / "archive"
    for name in SOME:
        shutil.copytree(CASES / name, folder / ("wars/" if name == SOME[1] else "") / name)
    (folder / "unusable").mkdir()
    (folder / "unusable" / "claims.csv").write_text("claim,low\na,b\n")
    return folder


@pytest.fixture
def warm(monkeypatch):
    """Let processes come from one that has done the imports; how they are begun is as ever."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["bakhmut.cli.archive", "bakhmut.drafting.texts"])
    monkeypatch.setattr(archives, "get_context", lambda method: context)


def table(path):
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def test_each_dossier_has_one_row_that_says_what_check_says(archive, tmp_path):
    rows = archives.check_many(archive, tmp_path / "out.csv", jobs=2)
    assert [row["dossier"] for row in rows] == [
        "ebola-table", "kosovo-tanks", "march-estimates", "unusable", "wars/iraq-war-logs",
    ]  # fmt: skip
    assert rows == table(tmp_path / "out.csv")
    for row in rows:
        if row["dossier"] != "unusable":
            dossier = read_dossier(archive / row["dossier"])
            told = summarize(dossier, examine(dossier))
            assert row["sha256"] == told["dossier"]["sha256"]
            assert row["status"] == told["status"] and row["error"] == ""
            assert int(row["conflicts"]) == len(told["conflicts"])
            weights = [flag["severity"] for flag in told["flags"]]
            assert [int(row[s]) for s in ("serious", "caution", "note")] == [
                weights.count(s) for s in ("serious", "caution", "note")
            ]
    # The slips of the Ebola table: 2 contradictions, 2 flags of caution.
    assert (rows[0]["contradictions"], rows[0]["caution"]) == ("2", "2")


@pytest.mark.usefixtures("warm")
def test_an_unusable_dossier_is_a_row_with_its_error(archive, tmp_path):
    row = archives.check_many(archive, tmp_path / "out.csv", jobs=1)[3]
    assert row["status"] == "" and row["sha256"] == ""
    assert row["error"].startswith("claims.csv, row 2, column low: 'b' is not a number")


def test_the_check_of_tables_is_a_function_of_them_alone():
    tables = tables_of(read_dossier(CASES / "ebola-table"))
    one, other = (archives.check_tables(tables, name="x") for _ in range(2))
    assert one == other and one["conflicts"] == "2"
    by_path = archives.check_path(CASES / "ebola-table", name="x")
    assert one == by_path


# ---- going on


@pytest.mark.usefixtures("warm")
def test_a_second_run_checks_only_what_changed(archive, tmp_path):
    out, lines = tmp_path / "out.csv", []
    first = archives.check_many(archive, out, jobs=1)
    claims = archive / "kosovo-tanks" / "claims.csv"
    claims.write_text(claims.read_text().replace(",93,93,", ",119,119,"))
    second = archives.check_many(archive, out, jobs=1, say=lines.append)
    # Five dossiers, three of them known: one was changed, and one has an error to try again.
    assert "5 of 5 dossiers (3 known)" in lines[-1]
    assert first[1]["status"] == "contradiction"  # 93 is below the least of about 120: 96
    assert second[1]["status"] == "consistent"  # 119 is about 120
    assert [row for n, row in enumerate(second) if n != 1] == [
        row for n, row in enumerate(first) if n != 1
    ]


@pytest.mark.usefixtures("warm")
def test_another_way_to_check_is_checked_anew(archive, tmp_path):
    lines = []
    archives.check_many(archive, tmp_path / "out.csv", jobs=1)
    how = archives.How(together=True)
    rows = archives.check_many(archive, tmp_path / "out.csv", how=how, jobs=1, say=lines.append)
    assert "(0 known)" in lines[-1] and rows[0]["checked_by"].endswith(", together")


@pytest.mark.usefixtures("warm")
def test_a_dossier_that_is_gone_leaves_the_table(archive, tmp_path):
    archives.check_many(archive, tmp_path / "out.csv", jobs=1)
    shutil.rmtree(archive / "ebola-table")
    assert len(archives.check_many(archive, tmp_path / "out.csv", jobs=1)) == 4


@pytest.mark.usefixtures("warm")
def test_a_line_cut_short_by_a_kill_is_checked_again(archive, tmp_path):
    out = tmp_path / "out.csv"
    rows = archives.check_many(archive, out, jobs=1)
    out.write_text(out.read_text()[:-30])
    lines = []
    assert archives.check_many(archive, out, jobs=1, say=lines.append) == rows
    assert "(3 known)" in lines[-1]  # of five: the one cut short, and the one with an error


def test_a_file_that_is_something_else_is_never_overwritten(archive, tmp_path):
    out = tmp_path / "diary.csv"
    for content in ("day,what\n1,2\n", "", "\x00"):
        out.write_text(content)
        with pytest.raises(DossierError, match="is not a table of results"):
            archives.check_many(archive, out, jobs=1)
        assert out.read_text() == content


def fill(archive, case="ebola-table"):
    """Add copies of a case until the archive has 45 dossiers."""
    for n in range(40):
        shutil.copytree(CASES / case, archive / f"copy-{n:02}")


@contextmanager
def running(archive, out):
    """Run the command in a process group of its own, as a terminal does; none of it survives."""
    command = [sys.executable, "-m", "bakhmut", "check", "--many", str(archive), "-o", str(out)]
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as run:
        try:
            yield run
        finally:
            with suppress(ProcessLookupError):
                os.killpg(run.pid, signal.SIGKILL)


@pytest.mark.parametrize("after", [0, 0.2, 0.6])
def test_stopped_while_its_processes_start_it_says_so_and_no_more(archive, tmp_path, after):
    fill(archive)
    out = tmp_path / "out.csv"
    with running(archive, out) as run:
        while not out.exists():  # it is written before any process is started
            time.sleep(0.01)
        time.sleep(after)
        os.killpg(run.pid, signal.SIGINT)
        assert run.wait(timeout=30) == 130
        said = run.stderr.read()
    assert said.splitlines()[-1] == "stopped" and "Traceback" not in said
    assert len(table(out)) < 45


def test_stopped_by_ctrl_c_it_keeps_what_is_done_and_goes_on_later(archive, tmp_path):
    fill(archive)
    out = tmp_path / "out.csv"
    with running(archive, out) as run:
        for line in run.stderr:
            if line.startswith("1 of 45"):
                break
        os.killpg(run.pid, signal.SIGINT)
        assert run.wait(timeout=30) == 130
        assert "Traceback" not in run.stderr.read()
    kept = table(out)
    assert 1 <= len(kept) < 45
    lines = []
    known = {row["dossier"] for row in kept if not row["error"]}
    for name in {f"copy-{n:02}" for n in range(4, 40)} - known:
        shutil.rmtree(archive / name)
    left = len(archives.dossiers_in(archive))
    assert len(archives.check_many(archive, out, say=lines.append)) == left
    assert lines[-1].startswith(f"{left} of {left} dossiers ({len(known)} known)")


@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
@pytest.mark.parametrize("done", [0, 1, 8])  # dossiers, not seconds: machines differ
def test_its_processes_end_with_it_however_it_is_ended(archive, tmp_path, number, done):
    fill(archive, "march-estimates")
    out = tmp_path / "out.csv"
    with running(archive, out) as run:
        while not out.exists():
            time.sleep(0.01)
        while len(out.read_bytes().splitlines()) <= done:  # beside the line of columns
            time.sleep(0.01)
        os.kill(run.pid, number)  # it alone: its processes have to notice
        run.stderr.read()  # ends when nobody holds the caller's pipe any more
        assert run.wait(timeout=30) == -number
        wait_until_none_is_left(run.pid)
    # What it had is kept, and nothing else. Most of what it had not come to need not be there, too.
    kept, lines = {name for name, row in known_rows(out).items() if not row["error"]}, []
    for name in {f"copy-{n:02}" for n in range(4, 40)} - kept:
        shutil.rmtree(archive / name)
    left = archives.dossiers_in(archive)
    (tmp_path / f".{out.name}.1-ab.part").write_text("left by a kill in the middle of writing")
    rows = archives.check_many(archive, out, jobs=1, say=lines.append)
    assert [row["dossier"] for row in rows] == sorted(left) and kept < set(left)
    assert lines[-1].startswith(f"{len(left)} of {len(left)} dossiers ({len(kept)} known)")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["archive", "out.csv"]


def wait_until_none_is_left(group):
    end = time.monotonic() + 30
    with suppress(ProcessLookupError):
        while time.monotonic() < end:
            os.killpg(group, 0)
            time.sleep(0.02)
        pytest.fail("a process is left")


# ---- what goes wrong in one stays there


@pytest.fixture
def no_callbacks():
    """Hold off the collector: hypothesis has a callback there, in which what is raised is lost."""
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("no_callbacks")
def test_a_dossier_that_takes_too_long_is_given_up():
    row = archives.check_path(CASES / "titanic-inquiry", how=archives.How(seconds=0.001))
    assert row["error"] == "was not decided within 0.001 s of processor time"
    assert row["status"] == ""


@pytest.mark.usefixtures("no_callbacks")
def test_a_limit_that_was_lost_in_a_callback_is_told_again():
    with pytest.raises(TooLong), within(0.05):
        with suppress(TooLong):  # as the collector does with what its callbacks raise
            while True:
                sum(range(1000))
        lost = time.process_time() + 10
        while time.process_time() < lost:
            sum(range(1000))


@pytest.mark.usefixtures("no_callbacks")
def test_processor_time_is_what_counts_and_nothing_on_the_way_takes_it_for_its_own():
    with within(0.2):
        time.sleep(0.4)
    with pytest.raises(TooLong), within(0.05):
        while True:
            try:
                sum(range(1000))
            except Exception:
                pytest.fail("taken for an error")


@pytest.mark.usefixtures("warm")
def test_a_dossier_that_ends_its_process_is_a_row_and_the_rest_go_on(
    archive, tmp_path, monkeypatch
):
    monkeypatch.setattr(archives, "_one", ends_one)
    rows = archives.check_many(archive, tmp_path / "out.csv", jobs=2)
    ended = {row["dossier"] for row in rows if "ended its process" in row["error"]}
    assert ended == {"march-estimates"}
    assert sum(bool(row["status"]) for row in rows) == 3


def ends_one(task):
    """What `archive._one` does, but for one dossier."""
    if task[0] == "march-estimates":
        os._exit(9)
    return archives.check_path(task[1], name=task[0], how=task[2])


def test_a_folder_in_the_place_of_the_results_is_named(archive, tmp_path, capsys):
    (tmp_path / "out.csv").mkdir()
    assert main(["check", "--many", str(archive), "-o", str(tmp_path / "out.csv")]) == 2
    assert f"{tmp_path / 'out.csv'}: it is not a file" in capsys.readouterr().err


@pytest.mark.parametrize("seconds", ["inf", "nan"])
def test_no_number_of_seconds_is_no_limit(seconds, capsys):
    assert main(["check", str(CASES / "referendum"), "--seconds", seconds]) == 0
    assert "Yes, print them together." in capsys.readouterr().out


@pytest.mark.usefixtures("warm")
def test_names_are_safe_for_a_spreadsheet_and_a_terminal(archive, tmp_path):
    shutil.copytree(CASES / "iraq-war-logs", archive / '=cmd()\x1b[31m, "x"')
    rows = archives.check_many(archive, tmp_path / "out.csv", jobs=1)
    assert rows == table(tmp_path / "out.csv")
    (odd,) = [row for row in rows if "cmd" in row["dossier"]]
    assert odd["dossier"].startswith("'=cmd()\\u001b[31m")
    lines = []
    archives.check_many(archive, tmp_path / "out.csv", jobs=1, say=lines.append)
    assert "(5 known)" in lines[-1]


def test_a_folder_without_dossiers_is_an_error(tmp_path):
    with pytest.raises(DossierError, match=r"has no folder with a claims\.csv"):
        archives.dossiers_in(tmp_path)


def test_a_folder_whose_claims_have_another_name_is_not_passed_over(archive):
    (archive / "misnamed").mkdir()
    (archive / "misnamed" / "Claims.csv").write_text("claim,low\na,1\n")
    assert "misnamed" in archives.dossiers_in(archive)


# ---- the command


def test_the_command_counts_and_ends_as_check_does(archive, tmp_path, capsys):
    out = tmp_path / "out.csv"
    assert main(["check", "--many", str(archive), "-o", str(out)]) == 1
    said = capsys.readouterr()
    assert said.out.splitlines()[0] == f"5 dossiers: {out}"
    assert "3 contradiction" in said.out and "1 unusable" in said.out
    assert said.err.splitlines()[-1].startswith("5 of 5 dossiers (0 known), 3 with a contradiction")
    for name in ("ebola-table", "kosovo-tanks", "march-estimates"):
        shutil.rmtree(archive / name)
    assert main(["check", "--many", str(archive), "-o", str(out)]) == 2
    shutil.rmtree(archive / "unusable")
    assert main(["check", "--many", str(archive), "-o", str(out)]) == 0


@pytest.mark.usefixtures("warm")
def test_without_a_name_the_table_lies_beside_the_folder(archive):
    shutil.rmtree(archive / "unusable")
    main(["check", "--many", str(archive)])
    assert len(table(archive.parent / "archive-check.csv")) == 4


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--many"], "--many: name the folder"),
        (["--many", "nowhere"], "nowhere: is not a folder"),
        (["-o", "x.csv"], "-o is for --many"),
        (["--many", ".", "--set", "a=1"], "--set is for one dossier"),
        (["--many", ".", "--format", "json"], "--format is for one dossier"),
        (["--many", ".", "-o", "no/such/folder/x.csv"], "there is no folder"),
    ],
)
def test_what_does_not_go_together_is_said(arguments, said, tmp_path, monkeypatch, capsys):
    (tmp_path / "claims.csv").write_text("claim,low\na,1\n")
    monkeypatch.chdir(tmp_path)
    assert main(["check", *arguments]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.usefixtures("no_callbacks")
# Stopped while it opens a table, it leaves that to the end of the process to close.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_check_gives_a_dossier_up_after_the_time_it_is_given(capsys):
    assert main(["check", "--seconds", "0.001"]) == 2
    assert "--seconds gives it more" in capsys.readouterr().err


@pytest.mark.usefixtures("warm")
def test_the_same_rows_come_from_dask(archive, tmp_path):
    pytest.importorskip("distributed")
    out = tmp_path / "dask.csv"
    command = [sys.executable, str(EXAMPLE), str(archive), str(out)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    assert table(out) == archives.check_many(archive, tmp_path / "pool.csv", jobs=1)
