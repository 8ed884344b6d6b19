"""SVG in the page: what is written anew, what is left out, where marks lead."""

from __future__ import annotations

import re

import pytest

from bakhmut import read_dossier
from bakhmut.figures import alt_text, plot_losses_against_ratios
from bakhmut.figures.vector import svg
from bakhmut.report.chapters.drawings import inline

START = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">'


def shown(inside: str, alt: str = "words") -> str:
    unique, claims = (lambda name: f"01-{name}"), {"a", "b"}
    return inline(f"{START}{inside}</svg>", alt, unique=unique, claims=claims)


def test_a_mark_is_a_link_to_its_row_with_its_name():
    mark = '<g data-claim="a b" aria-label="&quot;five&quot; &lt;b&gt;"><path d="M0 0"/></g>'
    assert shown(mark) == (
        '<svg viewBox="0 0 10 10" width="18" role="group" aria-label="words">'
        '<a href="#claim-a" data-claim="a b" aria-label="&quot;five&quot; &lt;b&gt;">'
        '<path d="M0 0"></path></a></svg>'
    )


def test_a_mark_of_no_claim_can_be_reached_and_has_its_name():
    drawn = shown('<g aria-label="2.9 for A"><path d="M0 0"/></g>')
    assert '<g class="named" tabindex="0" role="img" aria-label="2.9 for A">' in drawn


def test_a_mark_of_claims_that_have_no_row_leads_nowhere():
    drawn = shown('<g data-claim="other" aria-label="seven"><path d="M0 0"/></g>')
    assert "href" not in drawn and 'tabindex="0" role="img" aria-label="seven"' in drawn


def test_a_style_becomes_attributes_which_the_policy_allows():
    drawn = shown('<path d="M0 0" style="fill: #005f99; stroke-width: 2; opacity: 0.5"/>')
    assert '<path d="M0 0" fill="#005f99" stroke-width="2" opacity="0.5">' in drawn
    text = "<text style=\"font: 700 13px 'DejaVu Sans'; text-anchor: middle\">5 &lt; 6</text>"
    assert shown(text).count('font-size="13" font-weight="bold" text-anchor="middle">5 &lt; 6') == 1


@pytest.mark.parametrize(
    "inside",
    [
        "<script>hit()</script>",
        '<foreignObject><b xmlns="http://www.w3.org/1999/xhtml">hit</b></foreignObject>',
        '<image href="https://example.org/hit.png"/>',
        '<path d="M0 0" onclick="hit()" style="background: url(https://example.org/hit)"/>',
        '<use href="https://example.org/hit.svg#a"/>',
        '<path d="M0 0" fill="url(https://example.org/hit)"/>',
        '<style>* { fill: hit }</style><a href="javascript:hit()"><path d="M0 0"/></a>',
        '<animate attributeName="href" values="hit"/><title>hit</title>',
    ],
)
def test_what_could_act_or_ask_is_left_out(inside):
    assert "hit" not in shown(inside)


@pytest.mark.parametrize("text", ["<svg", "<p/>", f"<!DOCTYPE a [<!ENTITY b 'c'>]>{START}</svg>"])
def test_what_is_no_svg_is_not_shown(text):
    assert inline(text, "words", unique=str) == ""


def test_references_within_the_picture_get_the_names_of_the_page():
    inside = (
        '<defs><clipPath id="p1"><rect width="1"/></clipPath></defs><g clip-path="url(#p1)"/>'
        '<g id="unused"><path d="M0 0"/></g>'
    )
    drawn = shown(inside)
    assert '<clipPath id="01-p1">' in drawn and 'clip-path="url(#01-p1)"' in drawn
    assert "unused" not in drawn


def test_a_figure_of_ours_comes_through_whole():
    article = read_dossier()
    ax = plot_losses_against_ratios(article)
    names = iter(range(100))
    claims = set(article.claims["claim"])
    drawn = inline(
        svg(ax), alt_text(ax), unique=lambda name: f"{name}-{next(names)}", claims=claims
    )
    assert drawn.count("<a href=") >= 4 and 'href="#claim-russia-total"' in drawn
    assert "style=" not in drawn and "url(http" not in drawn
    # Every colour is one that the page has by day and by night.
    assert set(re.findall(r'(?:fill|stroke)="(#\w+)"', drawn)) <= {
        *("#1a1a1a", "#595959", "#8c8c8c", "#dddddd", "#ffffff"),
        *("#005f99", "#b04a00", "#006d50", "#86356b"),
    }
