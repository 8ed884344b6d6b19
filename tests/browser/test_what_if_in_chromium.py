"""The what-if of the page in Chromium: it says what the library says, whatever is moved."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from pages import EVERYWHERE, barriers, is_sideways
from test_whatif import STORIES
from test_whatif_section import page_of

from bakhmut.meaning.interpretation import read
from bakhmut.report import plain
from bakhmut.report.whatif_section import section
from bakhmut.views.whatif import pieces, question

pytestmark = pytest.mark.browser
POINTS = 60  # for each reading
# Set statement, words, multipliers and share; return what the script worked out, exactly.
ASK = """points => points.map(([statement, words, knobs, share]) => {
  const at = name => document.getElementById(`what-if-${name}`);
  at("statement").selectedIndex = statement;
  words.forEach((reading, n) => { if (reading >= 0) at(`word-${n}`).selectedIndex = reading; });
  knobs.forEach((tenths, n) => { at(`knob-${n}`).value = tenths; });
  at("share").value = share;
  at("share").dispatchEvent(new Event("input", { bubbles: true }));
  const said = document.getElementById("what-if");
  return [said.dataset.cap, said.dataset.holds,
    [...said.querySelectorAll("[data-measure]")].map(part => part.dataset.exact)];
})"""


@pytest.fixture(scope="session")
def what_if(tmp_path_factory):
    """Return the page on a dossier without its notebooks, written to a file once."""
    folder, written = tmp_path_factory.mktemp("what-if"), {}

    def write(name: str):
        if name not in written:
            written[name] = folder / f"{name.replace(' ', '-')}.html"
            written[name].write_text(page_of(STORIES[name]()), encoding="utf-8")
        return written[name]

    return write


def asked_and_answered(whole, rng):
    """Return points as the page's controls have them, and what the library says there."""
    every, shown, named = pieces(question(whole), read(whole)), section(whole), read(whole).names
    statements = [name for name, _ in shown["statements"]]
    asked, answers = [], []
    labels = plain.labels(whole.claims)  # as the page names a claim
    for piece in every:
        chosen = {labels.get(named[v], named[v]): reading for v, reading in piece.choices}
        words = [o.index(chosen[n]) if n in chosen else -1 for n, o, _ in shown["words"]]
        for _ in range(POINTS):
            knobs = [rng.randint(1, knob.most) for knob in shown["knobs"]]
            x, y = (Fraction(knob, 10) for knob in knobs) if knobs else (Fraction(1),) * 2
            cap = piece.cap(x, y)
            share = rng.randint(0, 999)
            if cap is not None and cap < 1 and rng.random() < 0.4:  # at the very edge
                share = min(999, int(cap * 1000) + rng.randint(0, 1))
            holds = cap is None or Fraction(share, 1000) <= cap
            found = {
                name: piece.ratio(name, Fraction(share, 1000), x=x, y=y)
                for name, pairs in piece.outside if holds and pairs is not None
            }  # fmt: skip
            asked.append([statements.index(piece.statement), words, knobs, share])
            answers.append((cap, holds, [found.get(name) for name in shown["measures"]]))
    return asked, answers


@pytest.mark.parametrize("name", [name for name in STORIES if name != "one side open"])
def test_the_script_agrees_with_the_library_to_the_last_fraction(visit, what_if, name):
    page, _, wrong = visit(what_if(name))
    asked, answers = asked_and_answered(STORIES[name](), random.Random(1))
    assert name != "article" or len(asked) > 4000
    for point, said, (cap, holds, ratios) in zip(
        asked, page.evaluate(ASK, asked), answers, strict=True
    ):
        assert (Fraction(said[0]) if said[0] else None) == cap, point
        assert said[1] == str(holds).lower(), point
        assert [Fraction(text) if text else None for text in said[2]] == ratios, point
    assert wrong == []


def test_every_control_goes_from_end_to_end_and_no_answer_is_stale(visit, what_if):
    page, asked, wrong = visit(what_if("article"), width=320)
    answer, share = page.locator("#what-if-answer"), page.locator("#what-if-share")
    share.focus()
    page.keyboard.press("Home")
    assert "With 0.0 %" in answer.inner_text()
    assert "1.28 to 1" in answer.inner_text()  # 153,770 / 120,001
    page.keyboard.press("End")
    assert "With 99.9 %" in answer.inner_text()
    assert "cannot be" in answer.inner_text()
    for knob in page.locator("[data-knob]").all():
        knob.focus()
        seen = set()
        for key in ("Home", "End"):
            page.keyboard.press(key)
            seen.add(page.locator("#what-if tbody").inner_text())
        assert len(seen) == 2
    for choice in page.locator("#what-if select:visible").all():
        for option in range(choice.locator("option").count()):
            choice.select_option(index=option)
            assert answer.inner_text().startswith(("can all hold", "cannot all hold"))
    assert wrong == [] and len(asked) == 1


def test_words_that_a_statement_does_not_use_are_not_offered(visit, what_if):
    page, _, _ = visit(what_if("article"))
    label = page.get_by_text("5 to 1 (bullet 1), read as")
    assert not label.is_visible()
    page.get_by_label("The ratio, in the words").select_option(index=2)
    assert label.is_visible()


@pytest.mark.parametrize(("width", "scheme"), EVERYWHERE)
def test_moved_or_not_there_is_no_barrier_and_no_sideways_scrolling(visit, what_if, width, scheme):
    page, _, _ = visit(what_if("article"), width=width, scheme=scheme)
    for share in ("50", "900"):
        page.locator("#what-if-share").fill(share)
        assert barriers(page, within="#what-if") == []
        assert not is_sideways(page)


def test_every_control_is_large_enough_for_a_thumb(visit, what_if):
    page, _, _ = visit(what_if("article"), width=320)
    controls = page.locator("#what-if select:visible, #what-if input:visible")
    assert controls.count() >= 7
    for control in controls.all():
        box = control.bounding_box()
        assert box["height"] >= 44 and box["width"] >= 44


def test_without_scripts_the_table_and_the_picture_stand_alone(visit, what_if):
    page, _, _ = visit(what_if("article"), java_script_enabled=False)
    assert not page.locator("#what-if-controls").is_visible()
    assert page.locator("#what-if table").is_visible()
    assert page.locator("#what-if svg").is_visible()
    assert "25.6 %" in page.locator("#what-if-answer").inner_text()


def test_with_scripts_the_start_is_what_stands_there_without(visit, what_if):
    said = []
    for scripts in (True, False):
        page, _, _ = visit(what_if("article"), java_script_enabled=scripts)
        part = page.locator("#what-if")
        said.append((
            part.locator("#what-if-answer").inner_text(), part.locator("tbody").inner_text(),
            [c.get_attribute("points") for c in part.locator("polyline").all()],
        ))  # fmt: skip
    assert said[0] == said[1]
