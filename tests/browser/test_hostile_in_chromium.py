"""A report whose every text tries to break out: in Chromium nothing runs and nothing breaks."""

from pathlib import Path

import pytest
from pages import OPEN_ALL, WIDTHS, barriers, is_sideways, report_on
from samples import hostile

pytestmark = pytest.mark.browser


@pytest.fixture(scope="session")
def hostile_report(tmp_path_factory) -> Path:
    """A report on a dossier whose every text tries to break out, with the shipped notebooks."""
    return report_on(hostile(), tmp_path_factory.mktemp("hostile"))


@pytest.mark.parametrize("width", WIDTHS)
def test_hostile_texts_run_nothing_and_break_nothing(visit, hostile_report, width):
    page, asked, wrong = visit(hostile_report, width=width)
    page.evaluate(OPEN_ALL)
    assert wrong == []
    assert asked == [hostile_report.as_uri()]
    assert not is_sideways(page)
    assert barriers(page) == []
    # The last words are where they belong, not inside something torn open.
    assert page.locator("body > footer p").inner_text().startswith("Made with bakhmut")
