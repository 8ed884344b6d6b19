"""Imports run one way: the picture in CONTRIBUTING.md is the order, and every module stands in it.

Imports inside of functions count as well, and those that only a type checker sees.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
(PICTURE,) = re.findall(r"```mermaid\n(.*?)```", PAGE, re.DOTALL)
MODULES = {path.stem: path for path in sorted((ROOT / "bakhmut").glob("*.py"))}


def boxes() -> dict[str, list[str]]:
    """Return the modules of each box, in the order in which the boxes are written."""
    found = {}
    for name, text in re.findall(r'(\w+)\["(.*?)"\]', PICTURE):
        lists = re.findall(r"<[bi]>(.*?)</[bi]>", text)
        found[name] = [module for names in lists for module in names.split(", ")]
    return found


def imported(tree: ast.Module) -> Iterator[str]:
    """Yield the modules of ours that a module imports, wherever it does."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            assert node.level == 0, "imports name the package"
        else:
            continue
        for name in names:
            package, *rest = name.split(".")
            if package == "bakhmut":
                yield rest[0] if rest and rest[0] in MODULES else "__init__"


IMPORTS = {
    name: set(imported(ast.parse(path.read_text(encoding="utf-8"))))
    for name, path in MODULES.items()
}
# Names alone for the type checker: it imports a module when that is asked for, so it comes first.
IMPORTS["__init__"] = set()
LEVEL = dict.fromkeys(MODULES, -1)
LEVEL |= {module: n for n, modules in enumerate(boxes().values()) for module in modules}


def test_the_imports_are_found_wherever_they_stand():
    code = """
if TYPE_CHECKING:
    from bakhmut.page import Page
import pandas, bakhmut.cells
from bakhmut import __version__, files
def work():
    with open("x"):
        from bakhmut.claims import Dossier
"""
    assert set(imported(ast.parse(code))) == {"page", "cells", "__init__", "files", "claims"}
    # As one reads them at the heads of two modules, and in the functions of a third.
    assert IMPORTS["lines"] == {"exact", "systems"}
    assert IMPORTS["links"] == {"notation", "problems", "tables"}
    assert {"report", "many", "updates"} <= IMPORTS["__main__"]


def test_every_module_stands_in_one_box_of_the_picture():
    drawn = [module for modules in boxes().values() for module in modules]
    assert len(drawn) == len(set(drawn))
    for module in MODULES.keys() - {"__init__", *drawn}:
        pytest.fail(f"bakhmut/{module}.py: name it in a box of the picture in CONTRIBUTING.md")
    for module in drawn:
        assert module in MODULES, f"CONTRIBUTING.md draws {module!r}, which there is not"


def test_no_imports_end_in_a_circle():
    order = list(TopologicalSorter(IMPORTS).static_order())  # else a CycleError that names it
    assert set(order) == set(MODULES)


@pytest.mark.parametrize("name", MODULES)
def test_a_module_imports_only_from_its_box_and_those_before(name):
    upward = [other for other in sorted(IMPORTS[name]) if LEVEL[other] > LEVEL[name]]
    assert upward == [], f"{name} comes before {upward} in the picture in CONTRIBUTING.md"


def test_each_arrow_of_the_picture_leads_downwards_and_is_an_import():
    drawn, order = boxes(), list(boxes())
    arrows = re.findall(r'(\w+)(?:\["[^]]*\])? --> (\w+)', PICTURE)
    assert len(arrows) > 20
    for start, end in arrows:
        assert order.index(start) < order.index(end), f"{start} --> {end}"
        used = {other for module in drawn[end] for other in IMPORTS[module]}
        if drawn[start] and drawn[end]:  # else tables or notebooks, which import nothing here
            assert used & set(drawn[start]), f"nothing in {end} imports from {start}"
