"""The set-up: what is declared in several places agrees, and what is locked can be trusted."""

from __future__ import annotations

import ast
import os
import re
import shlex
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from email import message_from_string

import click
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from places import ROOT

import bakhmut
from bakhmut import find_conflicts, read_dossier
from bakhmut.base.extras import PACKAGES
from bakhmut.dossier.claims import DATA

CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = CONFIG["project"]
EXTRAS = PROJECT["optional-dependencies"]
README = (ROOT / "README.md").read_text(encoding="utf-8")
LOCKED = ["report", "lab", "pdf", "docs", "test"]
LOCKS = {"requirements.lock": LOCKED, "requirements-bench.lock": [*LOCKED, "bench"]}
# conda-forge keeps the name `playwright` for another package.
CONDA_NAMES = {"playwright": "playwright-python", "jupyter-client": "jupyter_client"}
# What is installed under another name than it is imported by.
IMPORTED_AS = {"ipython": "IPython", "jupyter-client": "jupyter_client", "pillow": "PIL"}


def declared(*extras):
    texts = [*PROJECT["dependencies"], *(text for extra in extras for text in EXTRAS[extra])]
    return [Requirement(text) for text in texts]


def locked(name):
    """Return {package: [versions]} of a lock file; a package may differ between Pythons."""
    found: dict[str, list[str]] = {}
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        if match := re.match(r"([a-z0-9][a-z0-9._-]*)==([^\s;\\]+)", line):
            found.setdefault(canonicalize_name(match[1]), []).append(match[2])
    return found


# ---- environments


def imported():
    """Return the packages that bakhmut's modules import, each with where."""
    found: dict[str, set[str]] = {}
    for path in (ROOT / "bakhmut").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [str(node.module)] if isinstance(node, ast.ImportFrom) else []
            wing = path.relative_to(ROOT / "bakhmut").parts[0]
            for name in names:
                found.setdefault(name.partition(".")[0], set()).add(wing)
    return {name: found[name] for name in found.keys() - sys.stdlib_module_names - {"bakhmut"}}


def test_what_is_imported_is_declared_and_what_is_declared_is_imported():
    names = {IMPORTED_AS.get(item.name, item.name) for item in declared("report", "lab", "pdf")}
    # JupyterLab is what notebooks open in, pypdf what a text is taken from.
    assert imported().keys() - {"pypdf"} == names - {"jupyterlab", "pypdf"}


def test_what_a_use_is_said_to_need_is_what_its_extra_brings():
    for extra, packages in PACKAGES.items():
        brought = {Requirement(text).name for text in EXTRAS[extra]}
        assert {IMPORTED_AS.get(name, name) for name in brought} - {"jupyterlab"} == set(packages)


def test_the_core_imports_none_of_what_the_extras_bring():
    core = {IMPORTED_AS.get(item.name, item.name) for item in declared()}
    for name, wings in imported().items():
        allowed = {"report", "panel", "figures"} if name == "IPython" else {"report", "panel"}
        assert name in core or wings <= allowed or name == "pypdf", (name, wings)


def test_the_conda_environment_has_the_same_names_and_lower_bounds():
    lines = (ROOT / "environment.yml").read_text(encoding="utf-8").splitlines()
    conda = {line.split()[1] for line in lines if re.match(r" +- [a-z0-9_-]+>=", line)}
    same = {
        f"{CONDA_NAMES.get(item.name, item.name)}{item.specifier}" for item in declared(*LOCKED)
    }
    assert conda == same | {f"python{PROJECT['requires-python']}"}


@pytest.mark.parametrize(("lock", "extras"), LOCKS.items())
def test_a_lock_holds_every_requirement_within_its_bounds(lock, extras):
    versions = locked(lock)
    for item in declared(*extras):
        pinned = versions[canonicalize_name(item.name)]
        assert all(item.specifier.contains(version) for version in pinned), item


def test_both_locks_agree_on_what_they_share():
    plain, bench = (locked(name) for name in LOCKS)
    assert {name: bench.get(name) for name in plain} == plain


@pytest.mark.parametrize("lock", [*LOCKS, "requirements-fuzz.lock"])
def test_a_lock_has_hashes_and_no_address(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert not re.search(r"://|file:|index-url|find-links|^-|(^|\s)/", text, re.MULTILINE)
    entries = re.split(r"\n(?=[a-z0-9])", text)
    assert len(entries) > (100 if lock in LOCKS else 0)
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_version_stands_in_one_place():
    assert "version" not in PROJECT and "version" in PROJECT["dynamic"]
    module = (ROOT / "bakhmut" / "__init__.py").read_text(encoding="utf-8")
    assert len(re.findall(r"^__version__ = \"\d+\.\d+\.\d+\"$", module, re.MULTILINE)) == 1


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Return a folder with what is published: the wheel and the source."""
    folder = tmp_path_factory.mktemp("built")
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def unpacked(built):
    """Return a folder with the wheel's content, as an installation would have it."""
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(built / "content")
    return built / "content"


@pytest.fixture(scope="module")
def metadata(unpacked):
    (path,) = unpacked.glob("*.dist-info/METADATA")
    return message_from_string(path.read_text(encoding="utf-8"))


def files(folder):
    paths = {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}
    hidden = {"__pycache__", ".ipynb_checkpoints"}
    return {path.as_posix() for path in paths if hidden.isdisjoint(path.parts)}


def test_the_wheel_holds_the_package_its_data_and_the_notebooks(unpacked):
    notebooks = {f"notebooks/{name}" for name in files(ROOT / "notebooks")}
    assert files(unpacked / "bakhmut") == files(ROOT / "bakhmut") | notebooks
    assert (unpacked / "bakhmut" / "data" / "article" / "datapackage.json").exists()


def test_the_wheel_holds_no_file_twice(unpacked):
    contents = [(unpacked / path).read_bytes() for path in files(unpacked)]
    assert len([each for each in contents if each]) == len({each for each in contents if each})


def test_the_source_holds_what_is_kept_in_git(built):
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--deduplicate"]
    kept = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    there = {path for path in kept.splitlines() if (ROOT / path).exists()}
    (source,) = built.glob("*.tar.gz")
    with tarfile.open(source) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert names == there | {"PKG-INFO"}


def test_an_index_is_told_who_made_it_for_whom_under_which_licence(metadata, unpacked):
    assert metadata["Name"] == "bakhmut"
    assert metadata["Version"] == bakhmut.__version__
    assert metadata["Author"] == "The bakhmut developers"
    assert metadata["License-Expression"] == "MIT"
    assert metadata["License-File"] == "LICENSE"
    assert list(unpacked.glob("*.dist-info/licenses/LICENSE"))
    assert "fact-checking" in metadata["Keywords"]
    assert "Topic :: Scientific/Engineering :: Information Analysis" in metadata.get_all(
        "Classifier"
    )
    assert set(metadata.get_all("Provides-Extra")) == set(EXTRAS)


def test_an_index_shows_the_readme_without_what_it_does_not_have(metadata):
    assert metadata["Description-Content-Type"] == "text/markdown"
    text = metadata.get_payload()
    assert text.startswith("# bakhmut\n") and "## Three uses" in text
    assert "<img" not in text
    assert not re.findall(r"\]\((?!https?://)[^)]*\)", text)


def test_the_citation_names_the_version_and_the_licence():
    lines = (ROOT / "CITATION.cff").read_text(encoding="utf-8").splitlines()
    assert f"version: {bakhmut.__version__}" in lines
    assert f"license: {PROJECT['license']}" in lines
    assert f"  - name: {PROJECT['authors'][0]['name']}" in lines


def test_the_changelog_has_a_section_for_the_version_with_its_two_headings():
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    sections = re.split(r"(?m)^## ", text)[1:]
    (own,) = [part for part in sections if part.startswith(bakhmut.__version__)]
    assert "### Figures" in own and "### Code" in own


def test_the_installed_package_reads_the_article_from_any_folder(unpacked, tmp_path):
    code = "import sys; sys.path.insert(0, sys.argv[1]); import bakhmut; "
    code += "print(bakhmut.__file__, len(bakhmut.read_dossier().claims))"
    command = [sys.executable, "-I", "-c", code, str(unpacked)]
    run = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True)
    assert run.stdout.split() == [str(unpacked / "bakhmut" / "__init__.py"), "8"]


# ---- make and the runner


def make(*arguments, **variables):
    """Run make in the project, with a path of our own and as few variables as may be."""
    command = [shutil.which("make"), *arguments]
    return subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True)


def test_without_a_suitable_python_make_says_so_in_one_sentence(tmp_path):
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    venv = tmp_path / "venv"
    run = make(f"VENV={venv}", f"{venv}/locked", PATH=str(tmp_path))
    assert run.returncode != 0
    first = run.stderr.splitlines()[0]
    assert first.startswith(
        "bakhmut needs Python 3.11 or later with its venv module; none was found"
    )
    assert "Traceback" not in run.stderr and not venv.exists()


def test_the_lab_opens_the_first_notebook_whoever_opens_the_browser():
    plan = make("--dry-run", "lab", "LAB=--no-browser", PATH=os.environ["PATH"]).stdout
    (start,) = [line for line in plan.splitlines() if "jupyter lab" in line]
    first = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))[0]
    assert f"notebooks/{first}" in start
    assert f"default_url=/lab/tree/{first} --no-browser" in start


def test_packages_are_installed_by_hash_and_nothing_is_built():
    plan = make("--dry-run", "--always-make", ".venv/ready", PATH=os.environ["PATH"]).stdout
    (install,) = [line for line in plan.splitlines() if line.endswith("requirements.lock")]
    assert "--require-hashes" in install and "--only-binary=:all:" in install
    (editable,) = [line for line in plan.splitlines() if line.endswith("--editable .")]
    assert "--no-deps" in editable and "--no-build-isolation" in editable


def test_every_target_of_the_readme_is_there():
    targets = set(re.findall(r"(?m)(?:^|`)make ([a-z-]+)", README))
    assert {"report", "test", "test-browser", "lab", "lock", "bench"} <= targets
    for target in targets:
        assert make("--dry-run", target, PATH=os.environ["PATH"]).returncode == 0, target


def test_what_is_counted_as_covered_and_the_tests_that_are_run_for_it_are_there():
    counted = CONFIG["tool"]["coverage"]
    assert counted["run"]["branch"] and counted["report"]["fail_under"] >= 90
    plan = make("--dry-run", "coverage", PATH=os.environ["PATH"]).stdout
    tests = re.findall(r"tests/[\w/.]+", plan)
    assert len(tests) >= 5
    for path in tests:
        assert (ROOT / path).exists(), path
    for pattern in counted["run"]["include"]:
        assert list(ROOT.glob(pattern)), pattern


@pytest.mark.parametrize(
    ("runs", "line"),
    [
        ([("0", 5, 0, 0), ("0", 2, 0, 0)], "7 passed, 0 failed"),
        ([("1", 5, 2, 0), ("0", 2, 0, 1)], "4 passed, 2 failed, 1 skipped"),
        # Style or types failed: no test did, the run did.
        ([("2", 5, 0, 0), ("0", 2, 0, 0)], "7 passed, 1 failed"),
        # The set-up failed: there is no file.
        ([("2", None, 0, 0), ("0", 2, 0, 0)], "2 passed, 1 failed"),
    ],
)
def test_the_runner_counts_both_runs_in_its_last_line(tmp_path, runs, line):
    arguments = []
    for number, (code, total, failed, skipped) in enumerate(runs):
        file = tmp_path / f"{number}.xml"
        arguments += [code, str(file)]
        if total is not None:
            write_run(file, total, failed, skipped)
    assert summary(*arguments) == line


def test_a_run_may_have_several_files_and_fails_once_outside_of_its_tests(tmp_path):
    for name, failed in (("lowest", 0), ("newest", 2)):
        write_run(tmp_path / f"{name}-core.xml", 5, failed, 1)
    every, some = str(tmp_path / "*.xml"), str(tmp_path / "lowest-*.xml")
    assert summary("2", every) == "6 passed, 2 failed, 2 skipped"
    assert summary("2", some, "0", "-") == "4 passed, 1 failed, 1 skipped"


def write_run(file, total, failed, skipped):
    counts = f'tests="{total}" failures="{failed}" errors="0" skipped="{skipped}"'
    file.write_text(f"<testsuites><testsuite {counts} /></testsuites>")


def summary(*arguments):
    """Return the last line of the runner for runs, each a code and its files."""
    command = [sys.executable, str(ROOT / ".ci" / "summary"), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.rstrip("\n")


@pytest.mark.parametrize("name", ["run", "ranges", "ways"])
def test_the_runners_can_be_run(name):
    runner = ROOT / ".ci" / name
    assert os.access(runner, os.X_OK)
    subprocess.run(["bash", "-n", str(runner)], check=True)


def test_what_the_ranges_test_is_there():
    """Else pytest runs nothing, and the versions are not tried."""
    named = re.findall(r"\btests/[\w./]+", (ROOT / ".ci" / "ranges").read_text())
    assert len(named) > 5
    assert [name for name in named if not (ROOT / name).exists()] == []


MADE = "<div><dt>pandas</dt><dd>{}</dd></div><p>{} <svg><path d='{}'/><text>{}</text></svg></p>"


@pytest.mark.parametrize(
    ("one", "other", "code", "last"),
    [
        (("2.2.0", "5", "M0", "a"), ("2.2.0", "5", "M0", "a"), 0, "are the same, byte for byte"),
        # Another version may draw otherwise; what it says, in the picture too, is the same.
        (("2.2.0", "5", "M0", "a"), ("3.1.1", "5", "M1", "a"), 0, "say the same"),
        (("2.2.0", "5", "M0", "a"), ("3.1.1", "6", "M0", "a"), 1, "+6"),
        (("2.2.0", "5", "M0", "a"), ("3.1.1", "5", "M0", "b"), 1, "+b"),
        # The same versions make the same picture.
        (("2.2.0", "5", "M0", "a"), ("2.2.0", "5", "M1", "a"), 1, "with the same versions"),
    ],
)
def test_two_reports_are_told_apart_by_what_they_say(tmp_path, one, other, code, last):
    for name, cells in (("one", one), ("other", other)):
        (tmp_path / f"{name}.html").write_text(MADE.format(*cells), encoding="utf-8")
    command = [sys.executable, str(ROOT / ".ci" / "same"), "one.html", "other.html"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert run.returncode == code and last in run.stdout.splitlines()[-1]


# ---- the README


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def test_the_readme_is_short():
    assert len(README.splitlines()) <= 150


def test_the_readmes_links_lead_somewhere():
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", README):
        assert (ROOT / target).exists(), target


@pytest.fixture
def example(tmp_path):
    (text,) = blocks("csv")
    (tmp_path / "claims.csv").write_text(text, encoding="utf-8")
    return read_dossier(tmp_path)


def test_the_readmes_tables_are_a_dossier(example):
    assert example.claims["kind"].tolist() == ["ratio", "count", "count"]
    assert example.claims["low_value"].tolist() == [3, 9000, 2500]
    assert all(len(quote.split()) <= 12 for quote in example.claims["quote"])


def test_the_readmes_example_has_the_conflict_and_the_proof_it_is_said_to_have(example):
    # Three times 2,500 is 7,500, and 9,000 are claimed; any two of the three can hold together.
    (conflict,) = find_conflicts(example).to_dict("records")
    assert conflict["claims"] == ("ratio", "red-total", "blue-total")
    (text,) = blocks("text")
    assert "\n".join(conflict["proof"]) == text.strip()


def test_the_readmes_paths_into_the_package_exist():
    for path in re.findall(r"bakhmut/data/[\w./-]+", README):
        assert (DATA.parent.parent / path).exists(), path


def documented_commands():
    lines = "\n".join(blocks("sh")).splitlines()
    inline = re.findall(r"`(bakhmut [a-z][^`]*)`", README)
    texts = [re.split("#| > ", line)[0] for line in lines if line.startswith("bakhmut ")] + inline
    return [shlex.split(text)[1:] for text in texts]


@pytest.mark.parametrize("arguments", documented_commands(), ids=" ".join)
def test_every_command_of_the_readme_is_one_the_command_line_takes(arguments):
    command_line = pytest.importorskip("bakhmut.cli.commands").cli
    command = command_line.commands[arguments[0]]
    command.parse_args(click.Context(command), arguments[1:])
