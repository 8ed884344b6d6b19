"""Words for the reader of a flag, a change or a table: quotes, lists, numbers, ranges."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable

LONGEST_QUOTE = 90
MOST_QUOTES = 4
A_FEW_WORDS = 34  # characters of a quote in the line of its conflict
# What makes a web address of letters, where viewers make links of them; case does not matter.
IN_ADDRESS = r":(?=//)|(?<=www)\."
INNER = str.maketrans("“”", "‘’")
# What a single word in small letters ends with that says what somebody or some place is.
DESCRIBES = re.compile(
    r"(?:m[ae]n|wom[ae]n|ist|ian|or|er|ent|ry|ty|cy|ice|ion|al|ate|ing|ship|hall|ics?|ce|se|le|rd"
    r"|rt|my|vy|nk|ng|wn|nd|ge|ld|od)s?$"
)


_NUMBER = re.compile(r"(?:\S+ ){0,2}(?P<number>\S*\d)")  # with the two words before it
# Of places: what one is on, and what needs no preposition.
_ON = re.compile(
    r"\b(?:front|front ?line|islands?|border|coast|road|route|river|peninsula|ridge|beach|bridge|"
    r"shore|ground|ship|ferry)(?= of |$)",
    re.I,
)
_ANYWHERE = re.compile(
    r"(?:nation|country|state|world)wide|elsewhere|abroad|overseas|globally|at sea|"
    r"(?:across|around|throughout|off|near|outside|inside) .*",
    re.I,
)


def quoted(words: str, *, longest: int | None = LONGEST_QUOTE) -> str:
    """Return words in typographic quotation marks, shortened where they run on.

    >>> quoted("they call it  “hell”")
    '“they call it ‘hell’”'
    """
    plain = " ".join(words.split()).translate(INNER)
    if longest and len(plain) > longest:
        plain = plain[: longest - 1].rstrip() + "…"
    return f"“{plain}”"


def first_words(quote: str) -> str:
    """Return the first words of a quote in its marks; those at its number where that comes late.

    >>> first_words("Russian troops lost for every Ukrainian soldier")
    '“Russian troops lost for every…”'
    >>> first_words("told a news conference on Monday that 3,283 bodies had been buried")
    '“…Monday that 3,283 bodies had been…”'
    """
    plain, lead = " ".join(quote.split()), ""
    late = _NUMBER.search(plain)
    if late and late.start("number") > A_FEW_WORDS:
        lead, plain = "…", plain[late.start() :]
    if len(plain) > A_FEW_WORDS:
        plain = plain[:A_FEW_WORDS].rsplit(" ", 1)[0].rstrip(",;:.") + "…"
    return f"“{lead}{plain.translate(INNER)}”"


def with_article(name: str) -> str:
    """Return a description with its article; a name as it is.

    >>> with_article("unnamed official"), with_article("CNN"), with_article("unnamed officials")
    ('an unnamed official', 'CNN', 'unnamed officials')
    >>> with_article("police"), with_article("a museum's plate")
    ('the police', "a museum's plate")
    >>> with_article("coast guard"), with_article("ann")
    ('the coast guard', 'ann')
    """
    if not name[:1].islower() or name.startswith(("the ", "a ", "an ")):
        return name
    if " " not in name and not DESCRIBES.search(name):
        return name  # a name, in small letters
    if name.startswith("unnamed "):
        return name if name.split(" (")[0].endswith("s") else f"an {name}"
    return f"the {name}"


def in_place(place: str) -> str:
    """Return where something is, with the preposition of the place.

    >>> in_place("Karel"), in_place("Marran front"), in_place("Long Island")
    ('in Karel', 'on the Marran front', 'on Long Island')
    >>> in_place("capital"), in_place("northern provinces"), in_place("nationwide")
    ('in the capital', 'in northern provinces', 'nationwide')
    """
    if _ANYWHERE.fullmatch(place):
        return place
    return f"{'on' if _ON.search(place) else 'in'} {whole(place)}"


def whole(place: str) -> str:
    """Return a place without a preposition, with its article.

    >>> whole("Marran front"), whole("Karel"), whole("capital"), whole("nationwide")
    ('the Marran front', 'Karel', 'the capital', 'nationwide')
    """
    on = _ON.search(place)
    described = place[:1].islower() or bool(on and on[0].islower())
    bare = place.startswith(("the ", "a ", "an ")) or place.endswith("s") or not described
    return place if bare or _ANYWHERE.fullmatch(place) else f"the {place}"


def listed(items: Iterable[str], most: int = MOST_QUOTES) -> str:
    """Return "a", "a and b" or "a, b and c"; beyond `most` the rest is counted.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    found = list(dict.fromkeys(items))
    if len(found) > most:
        found = [*found[: most - 1], f"{len(found) - most + 1} more"]
    return " and ".join([", ".join(found[:-1]), found[-1]] if len(found) > 1 else found)


def listed_figures(said: Iterable[tuple[str, Hashable]], most: int = MOST_QUOTES) -> str:
    """Return the quotes of figures that are added up; where several say the same, how many do.

    >>> listed_figures([("“33.4 %”", 33.4), ("“33.3 %”", 33.3), ("“33.4 %”", 33.4)])
    '“33.4 %” (twice) and “33.3 %”'
    >>> listed_figures([("“12 dead and 9 wounded”", 12), ("“12 dead and 9 wounded”", 9)])
    '“12 dead and 9 wounded”'
    """
    often = {1: "", 2: " (twice)"}
    times: dict[str, int] = {}
    for (quote, _), n in Counter(said).items():
        times[quote] = max(n, times.get(quote, 0))
    return listed((quote + often.get(n, f" ({n} times)") for quote, n in times.items()), most)
