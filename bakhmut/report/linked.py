"""The page for machines: its claims and their review as schema.org's linked data.

A review here rates consistency only, in words. It never says whether a figure is right.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from bakhmut.engine.status import STATUS
from bakhmut.report.record import anchor

if TYPE_CHECKING:
    from bakhmut.report.record import Card, ClaimCard


def linked_data(claims: Sequence[ClaimCard], conflicts: Sequence[Card], *, title: str) -> str:
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


def place(claim: ClaimCard) -> str:
    """Return where in the page a claim's row is."""
    return anchor("claim", claim.row.claim)


def _claim(claim: ClaimCard) -> dict[str, Any]:
    row = claim.row
    known = {
        "@type": "Claim",
        "@id": f"#{place(claim)}",
        "text": row.quote,
        "author": row.source and {"@type": sort_of(row.source), "name": row.source},
        "datePublished": row.published,
        "appearance": claim.link and {"@type": "CreativeWork", "url": row.url},
        "isPartOf": {"@id": "#title"},
    }
    return {key: value for key, value in known.items() if value}


def _review(claim: ClaimCard, status: str) -> dict[str, Any]:
    return {
        "@type": "ClaimReview",
        "url": f"#{place(claim)}",
        "itemReviewed": {"@id": f"#{place(claim)}"},
        "claimReviewed": claim.row.quote,
        "author": {"@type": "Organization", "name": "bakhmut, a check of consistency"},
        "reviewAspect": "consistency with the other figures, not accuracy",
        "reviewRating": {"@type": "Rating", "alternateName": STATUS[status].claim},
    }


def sort_of(source: str) -> str:
    """Return the type of a source that schema.org takes for an author, by its words.

    One voice is a Person: an office held by one, or a name of two to four words with a capital.
    All else speaks for many and is an Organization.

    >>> sort_of("unnamed NATO military official"), sort_of("Jens Stoltenberg"), sort_of("The BBC")
    ('Person', 'Person', 'Organization')
    """
    words = re.sub(r"\(.*?\)", " ", source).split()  # where it was said is not who said it
    plain = [word.strip(".,;:'\"“”").lower() for word in words]
    # An office is named by its last word, before whose it is: the spokesman of the army.
    head = re.split(r" (?:of|for|at|in|from|with) ", " ".join(plain))[0].split()[-1:]
    if _ONE & {*head}:
        return "Person"
    if _MANY & {*plain} or plain[:1] == ["the"]:
        return "Organization"
    named = 2 <= len(words) <= 5 and all(map(_NAME.fullmatch, words)) and words[0].istitle()
    return "Person" if named or _ONE & {*plain} else "Organization"


_NAME = re.compile(
    r"[^\W\d_a-z]\.?|[^\W\d_a-z][\w'’-]*[^\W\dA-Z]\.?|al-\w+|v[ao]n|d[eu]r?|da|bin|la"
)
_ONE = frozenset(
    re.findall(
        r"\w+",
        """
        adviser advisor aide ambassador analyst captain chair chairman chairwoman chief colonel
        commander commissioner defector deputy diplomat doctor envoy expert fighter general governor
        historian journalist lawmaker lieutenant major mayor medic minister mp nurse officer
        official person president prisoner professor reporter researcher resident secretary senator
        sergeant soldier source speaker spokesman spokesperson spokeswoman veteran volunteer witness
        """,
    )
)
_MANY = frozenset(
    re.findall(
        r"\w+",
        """
        administration agencies agency air alliance and armed army association authorities authority
        borders brigade bureau center centre commission committee council department directorate
        economics embassy forces foundation frontières fund global government group guard
        headquarters hospital initiative institute intelligence international kremlin ministry
        mission monitor navy network news newspaper observatory office officials organisation
        organization parliament police post press project records red regiment rights service
        services society staff star sun telegraph times tribune union united university vision war
        watch
        """,
    )
)


def script_json(value: object) -> str:
    r"""Return JSON that stays data inside a script element, whatever its texts hold.

    >>> script_json({"quote": "</script>"})
    '{"quote":"\\u003c/script\\u003e"}'
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for mark in "<>&\u2028\u2029":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return text
