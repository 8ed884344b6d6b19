"""The page for machines: its claims and their review as schema.org's linked data.

A review here rates consistency only, in words. It never says whether a figure is right.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from bakhmut.engine.status import STATUS
from bakhmut.report.record import anchor

if TYPE_CHECKING:
    from bakhmut.report.record import Claim, Item


def linked_data(claims: Sequence[Claim], conflicts: Sequence[Item], *, title: str) -> str:
    """Return JSON-LD with a `Claim` and a `ClaimReview` for each claim, fit for a script element.

    Parameters
    ----------
    claims, conflicts : as `bakhmut.report.record` makes them; a claim's gravest conflict rates it.
    title : str
        Of the dossier.
    """
    order = list(STATUS)
    ratings: dict[str, str] = {}
    for conflict in conflicts:
        for claim in conflict.claims:
            known = ratings.get(claim, "consistent")
            ratings[claim] = min(known, conflict.kind, key=order.index)
    graph: list[dict[str, Any]] = [{"@type": "CreativeWork", "@id": "#title", "name": title}]
    for claim in claims:
        graph += [_claim(claim), _review(claim, ratings.get(claim.row.claim, "consistent"))]
    return script_json({"@context": "https://schema.org", "@graph": graph})


def place(claim: Claim) -> str:
    """Return where in the page a claim's row is."""
    return anchor("claim", claim.row.claim)


def _claim(claim: Claim) -> dict[str, Any]:
    row = claim.row
    known = {
        "@type": "Claim",
        "@id": f"#{place(claim)}",
        "text": row.quote,
        "author": row.source and {"@type": "Thing", "name": row.source},
        "datePublished": row.published_text,
        "appearance": claim.link and {"@type": "CreativeWork", "url": row.url},
        "isPartOf": {"@id": "#title"},
    }
    return {key: value for key, value in known.items() if value}


def _review(claim: Claim, status: str) -> dict[str, Any]:
    return {
        "@type": "ClaimReview",
        "url": f"#{place(claim)}",
        "itemReviewed": {"@id": f"#{place(claim)}"},
        "claimReviewed": claim.row.quote,
        "author": {"@type": "Thing", "name": "bakhmut, a check of consistency"},
        "reviewAspect": "consistency with the other figures, not accuracy",
        "reviewRating": {"@type": "Rating", "alternateName": STATUS[status].claim},
    }


def script_json(value: object) -> str:
    r"""Return JSON that stays data inside a script element, whatever its texts hold.

    >>> script_json({"quote": "</script>"})
    '{"quote":"\\u003c/script\\u003e"}'
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for mark in "<>&\u2028\u2029":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return text
