"""Standard output carries the answer, whatever a library prints, from Python or from C."""

import json
import os
import subprocess
import sys

import pytest

from bakhmut.base.streams import answers, answers_only, hushed

# Prints in each way that a library can, at import and later.
LOUD = """
import ctypes, os, sys
C = ctypes.CDLL(None)

def greet(how):
    print(f"python {how}")
    os.write(1, f"descriptor {how}\\n".encode())
    C.printf(f"held back by C {how}\\n".encode())  # until C's stream is full, or flushed

greet("at import")
"""
RUN = """
import sys
from bakhmut.findings import summary
from bakhmut.__main__ import main

examine = summary.examine
def loudly(*arguments, **options):
    sys.path.insert(0, ".")
    import loud
    loud.greet("while it decides")
    return examine(*arguments, **options)
summary.examine = loudly
sys.exit(main())
"""


@pytest.fixture
def run(tmp_path):
    """Run a command line that loads a loud library while it decides."""
    (tmp_path / "loud.py").write_text(LOUD)

    def run(*arguments, **options):
        command = [sys.executable, "-c", RUN, *arguments]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        return subprocess.run(command, cwd=tmp_path, timeout=120, **{**pipes, **options})

    return run


def test_what_a_library_prints_from_c_is_not_in_the_answer(run):
    done = run("check", "--format", "json")
    assert json.loads(done.stdout)["dossier"]["name"] == "article"
    said = done.stderr.decode()
    for how in ("at import", "while it decides"):
        for way in ("python", "descriptor", "held back by C"):
            assert f"{way} {how}" in said
    assert done.returncode == 0


def test_help_is_an_answer_too(run):
    assert run("check", "--help").stdout.startswith(b"Usage: bakhmut check")


@pytest.mark.parametrize("closed", [0, 1, 2])
def test_a_stream_that_the_caller_has_closed_is_no_fault(run, closed):
    done = run("check", "--format", "json", preexec_fn=lambda: os.close(closed))
    assert done.returncode == 0
    if closed != 1:
        assert json.loads(done.stdout)["status"]


def test_highs_greets_nobody(capfd):
    highspy = pytest.importorskip("highspy")
    with hushed():
        os.write(1, b"a greeting")
        highspy.Highs()
    os.write(1, b"an answer")
    assert capfd.readouterr().out == "an answer"


def test_a_stream_put_in_place_of_standard_output_gets_the_answers(capsys):
    with answers_only():
        print("chatter")
        print("answer", file=answers())
    print("after")
    captured = capsys.readouterr()
    assert captured.out == "answer\nafter\n"
    assert captured.err == "chatter\n"
    assert answers() is sys.stdout
