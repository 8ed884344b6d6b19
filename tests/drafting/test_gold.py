"""The draft against annotated texts, where they lie beside the checkout; skipped elsewhere."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from bakhmut.dossier.claims import build_dossier  # noqa: E402
from bakhmut.drafting.drafts import draft_text  # noqa: E402
from benchmarks import draft as bench  # noqa: E402

FOLDER = bench.gold_folder()
pytestmark = pytest.mark.skipif(FOLDER is None, reason="the annotated texts are not here")


@pytest.fixture(scope="module")
def result():
    score = bench.scorer(FOLDER)
    drafts = {name: bench.drafted(text) for name, text in bench.texts(FOLDER).items()}
    return score.score(score.read_gold(FOLDER), drafts)


def test_nearly_all_figures_are_found_and_little_else(result):
    assert result["recall"] >= 0.97
    assert result["precision"] >= 0.97


def test_nearly_every_cell_is_right(result):
    least = {"value": 0.98, "hedge": 0.99, "measure": 0.92, "side": 0.83, "source": 0.93}
    assert {cell: result["cells"][cell] >= floor for cell, floor in least.items()} == dict.fromkeys(
        least, True
    )
    assert result["edits per figure"] <= 0.6


def test_every_quote_is_verbatim_and_short(result):
    assert result["quotes verbatim, 12 words at most"] == 1


def test_each_annotated_text_drafts_into_a_dossier():
    for name, text in bench.texts(FOLDER).items():
        draft = draft_text(text)
        assert len(build_dossier(draft.tables(), name=name).claims) == len(draft.claims)
