"""The report opened in Chromium from disk, as a reader gets it: by eye, by ear, by keyboard."""

import io
import json
import re
from pathlib import Path

import pytest
from pages import EVERYWHERE, OPEN_ALL, barriers, is_sideways, report_on
from PIL import Image

pytestmark = pytest.mark.browser

# Print is on white paper, whatever the screen is.
GROUNDS = [("light", "screen", False), ("dark", "screen", True), ("dark", "print", False)]


@pytest.fixture(scope="session")
def report(tmp_path_factory) -> Path:
    """The real report: the shipped dossier, the shipped notebooks."""
    return report_on(None, tmp_path_factory.mktemp("report"))


@pytest.mark.parametrize(("width", "scheme"), EVERYWHERE)
def test_the_report_opens_without_request_error_or_barrier(visit, report, width, scheme):
    page, asked, wrong = visit(report, width=width, scheme=scheme)
    assert asked == [report.as_uri()]
    assert wrong == []
    assert barriers(page) == []
    assert not is_sideways(page)


@pytest.mark.parametrize(("width", "scheme"), EVERYWHERE)
def test_with_all_that_is_folded_open_there_is_no_barrier_either(visit, report, width, scheme):
    page, _, _ = visit(report, width=width, scheme=scheme)
    page.evaluate(OPEN_ALL)
    assert barriers(page) == []
    assert not is_sideways(page)


def test_the_policy_stops_what_a_text_could_smuggle_in(visit, report, tmp_path):
    # Were escaping ever to fail, nothing could run or load all the same.
    smuggled = (
        "<script>document.title = 'hit'</script><img src=x onerror=\"document.title = 'hit'\">"
        "<style>h1 { display: none }</style><img src='https://example.org/a.png'>"
    )
    torn = tmp_path / "torn.html"
    text = report.read_text(encoding="utf-8")
    torn.write_text(text.replace("</h1>", f"</h1>{smuggled}", 1), encoding="utf-8")
    page, _, wrong = visit(torn)
    assert page.title() != "hit"
    assert page.locator("h1").is_visible()
    refused = [text for text in wrong if "Content Security Policy" in text]
    assert len(refused) >= 4  # the script, the style and two pictures
    assert any("example.org" in text for text in refused)


def test_the_first_stop_of_the_keyboard_skips_to_the_contents(visit, report):
    page, _, _ = visit(report)
    page.keyboard.press("Tab")
    skip = page.locator("a.skip")
    assert skip.evaluate("link => link === document.activeElement")
    assert skip.bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('nav')?.id") == "contents"


def test_whatever_has_the_keyboard_shows_it(visit, report):
    page, _, _ = visit(report)
    for _ in range(25):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid"


def test_one_switch_unfolds_all_code_and_folds_it_again(visit, report):
    page, _, _ = visit(report)
    switch, code = page.get_by_role("button", name="Show all code"), page.locator("details.code")
    total, opened = code.count(), "parts => parts.filter(part => part.open).length"
    assert total > 0
    assert code.evaluate_all(opened) == 0
    switch.focus()
    page.keyboard.press("Enter")
    assert code.evaluate_all(opened) == total
    assert switch.get_attribute("aria-pressed") == "true"
    page.keyboard.press("Space")
    assert code.evaluate_all(opened) == 0


def test_without_scripts_all_is_there_and_nothing_is_offered_that_does_not_work(visit, report):
    page, _, _ = visit(report, java_script_enabled=False)
    assert page.get_by_role("button").count() == 0
    assert page.locator("h1").is_visible()
    page.locator("details.work > summary").first.click()
    page.locator("details.code summary").first.click()
    assert page.locator("details.code pre").first.is_visible()


def test_a_link_to_a_proof_opens_what_it_is_folded_in(visit, report):
    page, _, _ = visit(report, width=320)
    link = page.locator(".findings .links a[href^='#conflict']").first
    target = link.get_attribute("href")
    assert not page.locator(target).is_visible()
    link.click()
    assert page.url.endswith(target)
    assert 0 <= page.locator(target).bounding_box()["y"] < 900


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 900)])
def test_answer_fix_sentence_and_picture_are_on_the_first_screen(visit, report, width, height):
    page, _, _ = visit(report, width=width)
    for part in (".verdict", ".fix", ".fix .write", ".line svg"):
        box = page.locator(f".front {part}").first.bounding_box()
        assert box["y"] >= 0 and box["y"] + box["height"] <= height, part


def test_what_is_open_can_be_read_in_a_few_minutes(visit, report):
    page, _, _ = visit(report)
    assert len(page.locator("body").inner_text().split()) <= 1500


def test_a_mark_is_reached_by_tab_named_by_its_quote_and_lights_its_row_and_its_words(
    visit, report
):
    page, _, _ = visit(report)
    mark = page.locator("#plane svg a[data-claim='russia-total']")
    assert "lost 153,770 personnel" in mark.get_attribute("aria-label")
    assert mark.evaluate("part => part.tabIndex") == 0
    mark.focus()
    lit = page.locator(".lit[data-claim='russia-total']")
    assert {"TR", "LI"} <= set(lit.evaluate_all("all => all.map(part => part.tagName)"))
    page.keyboard.press("Escape")
    assert page.locator(".lit").count() == 0
    assert page.evaluate("document.activeElement === document.body")
    page.locator("tr[data-claim='russia-total']").hover()
    assert mark.evaluate("part => part.classList.contains('lit')")


def test_the_dossier_can_be_saved_without_a_server(visit, report):
    page, _, _ = visit(report)
    page.get_by_text("How this page was made").click()
    with page.expect_download() as saved:
        page.get_by_role("link", name="claims.csv").click()
    assert saved.value.suggested_filename == "claims.csv"
    lines = Path(saved.value.path()).read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("claim,")
    assert any(line.startswith("russia-total,") for line in lines)


def test_only_tables_that_scroll_take_the_keyboard(visit, report):
    page, _, _ = visit(report, width=320)
    # What is folded is laid out, and reached by the keyboard, only once it is opened.
    page.locator("details").evaluate_all("all => all.forEach(part => { part.open = true; })")
    page.wait_for_timeout(300)
    frames = page.locator(".scroll")
    assert frames.count() > 3
    assert frames.evaluate_all(
        "all => all.every(f => (f.scrollWidth > f.clientWidth) === (f.tabIndex === 0))"
    )


@pytest.mark.parametrize(("scheme", "media", "is_dark"), GROUNDS)
def test_a_figure_lies_on_the_ground_of_its_page(visit, report, scheme, media, is_dark):
    page, _, _ = visit(report, scheme=scheme)
    page.emulate_media(media=media)
    assert page.locator(".plot svg").count() > 5
    picture = page.locator("#plane svg").screenshot()
    brightness = Image.open(io.BytesIO(picture)).convert("L").resize((1, 1)).getpixel((0, 0))
    assert brightness < 60 if is_dark else brightness > 200


def test_in_print_there_is_no_switch_and_no_folded_code_and_nothing_is_cut_off(visit, report):
    page, _, _ = visit(report, width=680)  # A4 within its margins, at 96 pixels an inch
    page.emulate_media(media="print")
    assert page.get_by_role("button").count() == 0
    # A proof that stands open is printed as it stands; what is folded leaves no trace.
    assert page.locator("details.code").count() > 10
    assert page.locator("details.code:visible, details:not([open]):visible").count() == 0
    assert not is_sideways(page)
    wide = "all => all.filter(t => t.getBoundingClientRect().right > innerWidth).length"
    assert page.locator(".chapter .scroll table:visible").evaluate_all(wide) == 0
    printed = page.pdf(prefer_css_page_size=True)
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", printed)) < 25


def test_with_all_that_is_folded_open_no_table_breaks_inside_a_word_in_print(visit, report):
    page, _, _ = visit(report, width=680)
    page.emulate_media(media="print")
    page.evaluate(OPEN_ALL)
    breaks = "all => all.filter(c => getComputedStyle(c).overflowWrap === 'anywhere').length"
    assert page.locator("td, th").evaluate_all(breaks) == 0


def test_the_switch_is_large_enough_for_a_thumb(visit, report):
    page, _, _ = visit(report, width=320)
    assert page.get_by_role("button", name="Show all code").bounding_box()["height"] >= 44


def test_machines_find_the_check_and_the_claims(visit, report):
    page, _, _ = visit(report)
    found = json.loads(page.locator("script#check").text_content())
    linked = json.loads(page.locator("script[type='application/ld+json']").text_content())
    claims = [part for part in linked["@graph"] if part["@type"] == "Claim"]
    assert len(claims) == found["dossier"]["claims"] > 0
    for claim in claims:
        assert page.locator(f"[id='{claim['@id'][1:]}']").count() == 1
