"""What SECURITY.md promises: below each promise stand tests, and each of them is there."""

import re
import runpy

import pytest
from places import ROOT

TEXT = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
PROMISES = re.findall(r"(?ms)^## (Never \w+)\n(.*?)(?=^#)", TEXT)


def test_what_is_never_run_fetched_lost_left_said_or_silent_is_promised():
    assert [name.split()[1] for name, _ in PROMISES] == [
        *("run", "fetched", "lost", "left", "said", "silent")
    ]


@pytest.mark.parametrize(("name", "promise"), PROMISES, ids=[name for name, _ in PROMISES])
def test_each_promise_names_tests_that_are_there(name, promise):
    named = re.findall(r"(?m)^- `(tests/[\w/]+\.py)::(test_\w+)`", promise)
    assert len(named) >= 3 and len(named) == promise.count("\n- ")
    for file, test in named:
        assert f"\ndef {test}(" in (ROOT / file).read_text(encoding="utf-8"), (file, test)


def test_what_is_said_of_make_fuzz_is_what_it_does():
    stages = runpy.run_path(str(ROOT / "tests" / "fuzz" / "__main__.py"))["STAGES"]
    said = TEXT[TEXT.index("# How it is tried") :]
    for kind, words in (
        ("dossiers", "dossiers"), ("texts", "texts"), ("books", "workbooks"), ("stories", "of"),
        ("rules", "with"), ("moments", "random moments"),
    ):  # fmt: skip
        assert f"{stages[kind]:,} {words}" in said
