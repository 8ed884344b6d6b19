"""What users hold on to, in one place: public names, what they take, what the verbs answer to."""

from __future__ import annotations

import inspect
import subprocess
import sys
from importlib import import_module

import pytest
from click.testing import CliRunner
from places import ROOT

import bakhmut as bk
from bakhmut.cli.commands import cli

# A parameter with a star before it must be named.
NAMES = {
    "Dossier": None,
    "DossierError": None,
    "bound": "dossier *side *measure *place *period *per *assume",
    "build_dossier": "frames *name *folder",
    "check": "dossier *assume",
    "compare": "old new *assume",
    "conflicts_long": "conflicts",
    "confirm": "draft *folder",
    "correct": "dossier *assume",
    "decide": "dossier *assume",
    "draft": "path *text",
    "explore": "dossier",
    "find_conflicts": "dossier *assume",
    "fixes": "dossier check *assume *beside",
    "flag": "dossier check *assume",
    "flat": "frame",
    "interpret": "dossier",
    "naive_quotients": "dossier",
    "new_dossier": "folder *empty",
    "plot_counts": "counts *ax",
    "plot_coverage": "dossier *ax",
    "plot_losses_against_ratios": "dossier *ax",
    "plot_ratio_elsewhere": "dossier *ax",
    "plot_ratios": "ratios *mark *own *ax",
    "plot_reading_matrix": "check dossier *ax",
    "plot_relays": "dossier *ax",
    "plot_reported_ranges": "claims *ax",
    "plot_series": "series claims *ax",
    "plot_thresholds": "check dossier *ax",
    "plot_wounded_per_killed": "dossier *published *ax",
    "prove": "dossier conflict *assume",
    "read_daily_series": "path *dates",
    "read_dossier": "path",
    "reading_matrix": "dossier *assume",
    "update": "dossier figures *as_of",
    "verify_quotes": "text dossier",
    "write_dossier": "dossier folder *beside",
}


def taken(function) -> str:
    found = inspect.signature(function).parameters.values()
    return " ".join("*" * (one.kind is one.KEYWORD_ONLY) + one.name for one in found)


def test_the_public_names_are_these():
    assert dir(bk) == sorted(NAMES)
    assert bk.__all__ == sorted(NAMES)


@pytest.mark.parametrize("name", [name for name, takes in NAMES.items() if takes is not None])
def test_a_public_function_takes_what_it_took(name):
    assert taken(getattr(bk, name)) == NAMES[name]


def test_no_public_name_is_hidden_by_a_module_once_all_are_loaded():
    # In a process of its own: importing a module puts its name into the package above it.
    code = """
import pkgutil
from importlib import import_module
import bakhmut as bk
for found in pkgutil.walk_packages(bk.__path__, "bakhmut."):
    if found.name not in ("bakhmut.__main__", "bakhmut.report.chapters.forks"):
        import_module(found.name)
print(*(name for name in bk.__all__ if not callable(getattr(bk, name))))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert (done.stdout.strip(), done.stderr, done.returncode) == ("", "", 0)


@pytest.mark.parametrize("wing", ["consistency", "dossier", "findings", "panel", "views"])
def test_a_wing_hands_on_its_modules_and_no_others(wing):
    folder = import_module(f"bakhmut.{wing}")
    modules = [path.stem for path in (ROOT / "bakhmut" / wing).glob("[!_]*.py")]
    assert all(inspect.ismodule(getattr(folder, module)) for module in modules)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        folder.nothing  # noqa: B018


@pytest.mark.parametrize("verb", ["check", "diff", "figure", "new", "report", "verify"])
def test_a_verb_says_how_it_is_used(verb):
    said = CliRunner().invoke(cli, [verb, "--help"])
    assert said.exit_code == 0 and "Usage:" in said.output
