"""Nothing is dropped on the way to a sentence: a bound is never said as a point."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from bs4 import BeautifulSoup
from hedged import hedged
from places import CASES, ROOT
from spoken import Bound, bare, bounds_of, lost_in, sentences_of

import bakhmut as bk
from bakhmut.dossier.claims import DATA

FOLDERS = [CASES, ROOT / "tests/whole/small", ROOT / "tests/engine/cases"]
REFUSED = {"negative", "reversed", "upto"}
SHIPPED = [p for folder in FOLDERS for p in sorted(folder.iterdir()) if p.name not in REFUSED]


@pytest.mark.parametrize(
    ("sentence", "is_lost"),
    [
        ("1,240 for Sardia, not 900", True),
        ("reported 900 to 1,000", True),
        ("Give up 900, and all else can hold.", True),
        ("at most 900 for Sardia", True),  # the other way round
        ("900", True),
        ("1,240 for Sardia, where at least 900 is reported", False),
        ("“900 enemy dead” is open at one end", False),
        ("(1) sardia-karel: 900 ≤ B", False),
        ("900 would have to be at most 840", False),
        ("with 900 as an exact number", False),
        ("1,900 and 19,00 and 2027-09-00", False),
    ],
)
def test_the_walker_finds_a_number_without_its_hedge_and_no_other(sentence, is_lost):
    bounds = {Fraction(900): Bound(("sardia-karel",), frozenset({"at least"}))}
    assert bool(bare(sentence, bounds)) == is_lost


def test_a_number_that_some_figure_prints_as_a_point_is_no_bound():
    rows = [
        {"claim": "a", "measure": "killed", "hedge": "at least", "low": "900"},
        {"claim": "b", "measure": "killed", "low": "900", "high": "900"},
        {"claim": "c", "measure": "killed", "hedge": "under", "high": "30 %"},
    ]
    found = bounds_of(bk.build_dossier({"claims": rows}).claims)
    assert {number: (one.claims, set(one.words)) for number, one in found.items()} == {
        Fraction(3, 10): (("c",), {"under"})
    }


@pytest.mark.parametrize("path", [DATA / "article", *SHIPPED], ids=lambda path: path.name)
def test_every_sentence_alt_text_and_label_of_a_shipped_dossier_keeps_its_hedges(path):
    assert lost_in(bk.read_dossier(path), page=True, pictures=True) == []


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda p: p.stem)
def test_every_output_of_the_shipped_notebooks_keeps_its_hedges(path):
    name = "later" if path.stem.startswith("05") else "article"
    made = bk.read_dossier(DATA / name)
    bounds = bounds_of(made.claims)
    quotes = set(made.claims["quote"])
    ends = {
        end
        for row in bk.interpret(made).itertuples()
        for end in (row.low_exact, row.high_exact)
        if end in bounds and row.claim not in bounds[end].claims
    }  # of what other figures are read as, too
    own = {number: one for number, one in bounds.items() if number not in ends}
    lost = [one for said in _shown(path) if said not in quotes for one in bare(said, own)]
    assert lost == []


def _shown(path):
    """Yield the words of a notebook's outputs: sentences, alt texts, cells without a head."""
    for cell in json.loads(path.read_text())["cells"]:
        for output in cell.get("outputs", ()):
            data, about = output.get("data", {}), output.get("metadata", {})
            for alt in [part.get("alt", "") for part in about.values()]:
                yield from alt.replace(". ", "; ").split("; ")
            yield from "".join(data.get("text/markdown", "")).split("\n")
            if html := "".join(data.get("text/html", "")):
                yield from sentences_of(BeautifulSoup(html, "html.parser"))


@pytest.mark.parametrize("first", range(0, 60, 6))
def test_every_sentence_on_a_random_dossier_keeps_its_hedges(first):
    # `make fuzz` walks 200 others, pages and pictures included.
    found = {seed: lost_in(hedged(seed), page=seed % 6 == 0) for seed in range(first, first + 6)}
    assert {seed: lost for seed, lost in found.items() if lost} == {}
