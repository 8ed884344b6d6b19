"""What the page tells machines: terms that schema.org has, with values of the types it expects."""

import json
import re

import pytest
from samples import CLAIMS, small

from bakhmut.dossier.claims import read_dossier
from bakhmut.findings.summary import examine
from bakhmut.meaning.interpretation import interpret
from bakhmut.report.linked import sort_of
from bakhmut.report.page import ReportRequest, Results, build_page

TEXT, URL, DATE = "Text", "URL", "Date"
# https://schema.org, version 29: for each type in use, its properties (its own and those that it
# inherits of CreativeWork, Review and Thing) with the types of value that are expected.
THING = {"name": {TEXT}, "url": {URL}}
WORK = THING | {
    "author": {"Organization", "Person"},
    "datePublished": {DATE},
    "isPartOf": {"CreativeWork", URL},
    "text": {TEXT},
}
VOCABULARY = {
    "CreativeWork": WORK,
    "Claim": WORK | {"appearance": {"CreativeWork"}},
    "ClaimReview": WORK
    | {
        "claimReviewed": {TEXT},
        "itemReviewed": {"Claim", "CreativeWork"},
        "reviewAspect": {TEXT},
        "reviewRating": {"Rating"},
    },
    "Rating": THING | {"alternateName": {TEXT}},
    "Organization": THING,
    "Person": THING,
}


def types_of(value, known):
    if isinstance(value, dict):
        return {value.get("@type") or known[value["@id"]]}
    kinds = {TEXT}
    if value.startswith(("https://", "http://", "#")):
        kinds.add(URL)
    if re.fullmatch(r"\d{4}(-\d\d){0,2}", value):  # ISO 8601, to the month where no day is known
        kinds.add(DATE)
    return kinds


def check(node, known):
    properties = VOCABULARY[node["@type"]]
    for name, value in node.items():
        if not name.startswith("@"):
            assert types_of(value, known) & properties[name], (node["@type"], name, value)
            if isinstance(value, dict) and "@type" in value:
                check(value, known)


@pytest.fixture(scope="module", params=["small", None])
def graph(request):
    """What the page on a dossier tells machines: the small one, and the article."""
    claims = [CLAIMS[0] | {"published": "2024-01-02"}, CLAIMS[1]]
    whole = small(claims) if request.param else read_dossier()
    page = build_page(ReportRequest(whole), Results(examine(whole), interpret(whole)), [])
    linked = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])
    assert linked["@context"] == "https://schema.org"
    return linked["@graph"]


def test_each_term_and_each_value_is_one_that_schema_org_expects(graph):
    known = {node["@id"]: node["@type"] for node in graph if "@id" in node}
    assert {"Claim", "ClaimReview"} <= {node["@type"] for node in graph}
    for node in graph:
        check(node, known)


@pytest.mark.parametrize(
    ("source", "sort"),
    [
        ("Volodymyr Zelensky", "Person"),
        ("Ursula von der Leyen", "Person"),
        ("unnamed NATO military official", "Person"),
        ("a spokesman of the army", "Person"),
        ("chief of the General Staff", "Person"),
        ("General Staff of Ukraine", "Organization"),
        ("unnamed Western officials (March 2023)", "Organization"),
        ("unnamed other sources of The Guardian", "Organization"),
        ("CNN", "Organization"),
        ("a ministry", "Organization"),
        ("<b>", "Organization"),
    ],
)
def test_one_voice_is_a_person_and_all_else_an_organization(source, sort):
    assert sort_of(source) == sort
