"""Every block of the documents does what the page says: files written, commands run, output shown.

In a fenced block the word after the language names the file that it is the content of. A block of
commands runs in a folder of its own, in order; a text block without a name is what was printed,
`...` standing for lines left out.
"""

import re
import shlex
from pathlib import Path

import pytest
from places import ROOT

import bakhmut as bk
from bakhmut.__main__ import main
from bakhmut.findings.flags import FLAGS

PAGES = [
    "CONTRIBUTING.md",
    "bakhmut/data/recipes.md",
    *(f"docs/{name}.md" for name in ("api", "cookbook", "method", "tutorial")),
]
PACKAGE = ROOT / "bakhmut"
FENCE = re.compile(r"^```(\w*)[ ]?(\S*)\n(.*?)^```$", re.M | re.S)


def blocks(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    assert text.count("\n```") % 2 == 0
    return [match.groups() for match in FENCE.finditer(text)]


def flat(text):
    return " ".join(text.split())


@pytest.mark.parametrize("page", PAGES)
def test_every_block_of_a_page_runs_and_prints_what_is_shown(page, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("bakhmut.findings.flags.FLAGS", dict(FLAGS))  # a page may add to it
    found, printed, names = blocks(page), "", {}
    assert found
    for kind, name, body in found:
        if name:
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_text(body, encoding="utf-8")
        elif kind == "sh":
            for line in body.splitlines():
                program, *arguments = shlex.split(line, comments=True)
                assert program == "bakhmut"
                assert main(arguments) == 0, line
            printed = flat(capsys.readouterr().out)
        elif kind == "python":
            exec(compile(body, page, "exec"), names)  # our own page, not a dossier's
            printed = flat(capsys.readouterr().out)
        elif kind == "text":
            rest = printed
            for part in filter(None, body.split("\n...\n")):
                assert flat(part) in rest
                rest = rest.partition(flat(part))[2]
        elif kind != "tree":
            pytest.fail(f"a block of {kind!r} that no test runs")


def test_the_page_of_public_names_has_each():
    text = (ROOT / "docs/api.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"(?m)^### `(\w+)`$", text)) == sorted(bk.__all__)


def test_the_tree_names_every_wing():
    (tree,) = [body for kind, _, body in blocks("CONTRIBUTING.md") if kind == "tree"]
    named = set(re.findall(r"(?m)^  (\w+)/ ", tree))
    assert named == {path.parent.name for path in PACKAGE.glob("*/__init__.py")} | {"data"}


FOLDERS = [path.parent for path in sorted(PACKAGE.rglob("__init__.py")) if path.parent != PACKAGE]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_folders_sign_names_all_that_is_in_it_and_that_is_not_too_much(folder):
    sign = (folder / "__init__.py").read_text("utf-8").split('"""')[1]
    modules = list(folder.glob("[!_]*.py"))
    for name in [
        *(m.stem for m in modules),
        *(f.parent.name for f in folder.glob("*/__init__.py")),
    ]:
        assert re.search(rf"\b{name}\b", sign), name
    assert len(modules) <= 10
    for module in modules:
        assert len(module.read_text("utf-8").splitlines()) <= 350, module


@pytest.mark.parametrize("page", ["README.md", "bakhmut/data/README.md", *PAGES])
def test_every_link_to_a_file_leads_somewhere(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert ((ROOT / page).parent / target).exists(), target
