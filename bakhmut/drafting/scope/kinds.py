"""What kind of person or thing a noun names: anybody, soldiers, a group, a thing."""

from __future__ import annotations

import re

from bakhmut.drafting.words import background, key, listed, peoples, persons


def kind_of(phrase: str) -> str:
    """Return the kind of person or thing that a noun phrase names; "" where none is known."""
    words = key(phrase).split()
    if words and phrase.split()[-1] in peoples() and words[-1].endswith(("s", "n", "ese", "men")):
        return "soldiers"
    for i in range(len(words)):
        if kind := persons().get(" ".join(words[i:])):
            return kind
    if words and _PERSONAL.search(words[-1]) and words[-1] not in background() | _NO_PERSONS:
        return "group"
    return ""


# A noun that no table has is taken for persons by its ending: revellers, partygoers, mourners.
_PERSONAL = re.compile(r"[a-z]{2,}(?:ers|ists|ants|ians|men|women|ees)$")
_NO_PERSONS = listed("no persons")
