"""The core needs none of Jupyter's packages; a use that does names what it lacks, in a sentence."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

JUPYTER = (
    *("IPython", "comm", "debugpy", "ipykernel", "ipywidgets", "jupyter_client", "jupyter_core"),
    *("jupyterlab", "matplotlib_inline", "nbclient", "nbconvert", "nbformat", "tornado"),
    *("traitlets", "zmq", "jinja2", "pypdf", "dask"),
)
WITHOUT = f"""
import sys

class Kept:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {JUPYTER!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Kept())
"""


@pytest.fixture
def run(tmp_path):
    """Run Python code where Jupyter's packages cannot be imported."""

    def run(code, *arguments):
        command = [sys.executable, "-c", WITHOUT + code, *arguments]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120)

    return run


def bakhmut(run, *arguments):
    return run("from bakhmut.__main__ import main; sys.exit(main())", *arguments)


def test_the_article_is_read_checked_flagged_and_drawn_without_jupyter(run):
    code = """
import bakhmut as bk
dossier = bk.read_dossier()
conflicts = bk.find_conflicts(dossier)
ax = bk.plot_losses_against_ratios(dossier)
bk.figures.show(ax)
bk.figures.proofs(conflicts)
bk.figures.say("{n} figures", n=len(dossier.claims))
print(bk.check(dossier).status, bool(len(bk.flag(dossier))))
print(sorted({name.partition(".")[0] for name in sys.modules} & set(KEPT)))
"""
    done = run(f"KEPT = {JUPYTER!r}" + code)
    *shown, said, status, loaded = done.stdout.splitlines()
    assert (status, loaded) == ("contradiction-in-some-readings True", "[]"), done.stderr
    assert said == "8 figures"
    assert "at most 1.28 to 1" in shown[0]  # the figure's words, in place of its picture
    assert any(line.startswith("conflict-1") for line in shown)


def test_each_verb_of_the_core_runs_without_jupyter(run, tmp_path):
    assert bakhmut(run, "new", "mine").returncode == 0
    assert json.loads(bakhmut(run, "check", "mine", "--format", "json").stdout)["flags"]
    assert "nothing moved" in bakhmut(run, "diff", "mine", "mine").stdout
    (tmp_path / "text.txt").write_text("nothing of it")
    assert bakhmut(run, "verify", "text.txt", "mine").returncode == 1
    assert bakhmut(run, "check", "--many", ".", "-o", "many.csv").returncode == 0
    assert (tmp_path / "many.csv").read_text().count("\n") == 2


def test_a_report_without_its_packages_is_one_sentence_with_the_command_to_install_them(
    run, tmp_path
):
    (tmp_path / "out.html").write_text("earlier")
    done = bakhmut(run, "report", "-o", "out.html")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "bakhmut report needs the package IPython, which is missing: "
        'pip install "bakhmut[report]"\n'
    )
    assert (tmp_path / "out.html").read_text() == "earlier"


def test_a_panel_without_its_packages_is_one_sentence_with_the_command_to_install_them(run):
    done = run("import bakhmut as bk\ntry: bk.explore\nexcept ImportError as error: print(error)")
    assert done.stdout == (
        'explore needs the package IPython, which is missing: pip install "bakhmut[lab]"\n'
    )
