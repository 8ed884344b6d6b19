"""Who says so, and through whom: attributions in a sentence, and which of them a number has.

"12 died, police said; 30 were hurt, according to the Red Cross" has two, each behind its number;
"Kyiv said that 400 had died and 300 were hurt" has one in front of both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bakhmut.drafting.words import key

_SAID = ["said", "says", "told", "tells", "reported", "reports", "announced", "announces", "claimed", "claims", "confirmed", "confirms", "estimated", "estimates", "estimate", "put", "puts", "counted", "counts", "recorded", "records", "documented", "documents", "acknowledged", "admitted", "admits", "noted", "notes", "added", "adds", "wrote", "writes", "spoke", "boasted", "boasts", "bragged", "insisted", "insists", "warned", "warns", "stated", "states", "found", "finds", "listed", "lists", "raised", "lowered", "updated", "revised", "published", "declared", "declares", "tweeted", "posted", "gave", "gives", "cited", "cites", "believed", "believes", "believe", "reckons", "reckoned", "reckon", "suggested", "suggests", "calculated", "tallied", "tallies", "conceded", "concedes", "revealed", "reveals", "disclosed", "maintained", "maintains", "alleged", "alleges", "argued", "argues", "observed", "registered", "logged", "verified", "assessed", "assesses", "attributed", "denied", "denies", "disputed", "rejected", "dismissed", "explained", "replied", "continued", "testified", "recalled", "quoted", "blamed", "spoke", "concluded", "concludes", "identified", "projected", "projects", "predicted", "expects", "expected", "gave", "acknowledges", "commented", "remarked", "said.", "broadcast", "advised", "briefed", "owned", "vowed", "say", "report", "claim", "confirm", "insist", "add", "state", "warn", "note", "speak", "speaks", "given", "keeps"]  # fmt: skip
_VERB = re.compile(
    rf"\b(?:{'|'.join(sorted({re.escape(v) for v in _SAID if '.' not in v}, key=len, reverse=True))})\b"
)
_CAP = r"[A-ZÀ-Þ][\w’'.&-]*"
_NAME = r"(?:(?:the|a|an|its|his|her|their|our|one|another|two|several|some)\s+)?(?:[\w’'&./-]+\s+){0,9}?[\w’'&/-]+"
_ACCORDING = re.compile(
    r"\b(?:[Aa]ccording\s+to|[Aa]s\s+per|[Bb]y\s+the\s+(?:reckoning|count|account|estimate)\s+of|[Ii]n\s+the\s+(?:words|view)\s+of)\s+",
    re.I,
)
_STOPS = re.compile(
    r"\s*(?:[,;:.!?()\"”“—–\[\]]|\s-\s|\b(?:who|which|that|and\s+(?:at|\d)|but|while|in\s+(?:a|an|its|his|their|the)\s+(?:\w+\s+){0,2}(?:statement|report|update|bulletin|interview|briefing|post|tweet|message|letter|address|telegram)|on\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|today|earlier|late|last|released|published|as\s+of|since|though|when|where|with|before|after|are|is|was|were|has|have|had|at)\b)"
)
_SPEAKERS = re.compile(
    r"\b(?:officials?|ministry|ministries|minister|police|army|military|spokes(?:man|woman|person|people)|unions?|sources?|mayor|doctors?|medics|residents|witnesses|survivors|"
    r"authorit(?:y|ies)|monitors?|observers?|researchers?|scholars?|historians?|analysts?|agency|agencies|governments?|command|commanders?|governor|president|department|hospitals?|"
    r"rescuers|network|organi[sz]ers?|group|leaders?|channel|newspaper|chief|general|staff|office|experts?|diplomats?|academics|economists|scientists|investigators?|prosecutors?|firefighters|"
    r"locals|activists?|campaigners|charity|charities|federation|council|commission|committee|institute|university|centre|center|bureau|service|services|union|party|company|operator|head|director|"
    r"coordinator|deserter|officer|volunteers?|prisoners?|veterans?|nurses?|bulletin|report|study|survey|census|inquiry|data|figures|tally|count|records|estimates?|side|"
    r"rebels|militants|insurgents|defenders|team|firm|regime|opposition|administration|secretary|coroner|envoy|ambassador|guard|coastguard|chairman|chairwoman|judge|priest|bishop|"
    r"he|she|they|it|we|regulator|broadcaster|paper|outlet|magazine|mission|junta|forces|captain|colonel|corps|watchdog|ngo|un|admiral|marshal|delegation|body|return|returns|memoirs|archives?)\b",
    re.I,
)
_ADJUNCT = re.compile(
    r"(?:\s*,)?\s+(?:(?:has|have|had|also|later|previously|earlier|yesterday|today|then|since|now|once|still|already|officially|publicly|only|first|initially|itself|himself|herself|themselves|"
    r"alone|meanwhile|too|never|again|would|will|could|separately|repeatedly|reportedly|at\s+first|last\s+(?:week|month|year|night)|this\s+(?:week|month|morning)|"
    r"on\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?:\s+(?:morning|night|evening))?|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|in\s+\d{4}|in\s+(?:January|February|March|April|May|June|July|August|September|October|November|December)(?:\s+\d{4})?))+$"
)
_LEADERS = re.compile(
    r"^(?:\s*(?:(?:[Bb]y|[Ii]n|[Ss]ince|[Oo]n|[Uu]ntil)\s+(?:\d{1,2}\s+)?(?:January|February|March|April|May|June|July|August|September|October|November|December)(?:\s+\d{1,4})?|But|And|Yet|So|Meanwhile|However|Still|Then|Now|Later|Earlier|Yesterday|Today|On\s+\w+day|In\s+(?:January|February|March|April|May|June|July|August|September|October|November|December)|"
    r"In\s+\d{4}|Last\s+\w+|as|when|where|what|how|and|but|yet|while|for|since|because|although|though|whereas|after|by|that|if|nor|or)\b[,\s]*)+"
)
_BOUND = re.compile(
    r"[;:!?()\"”“—–\[\]]|\s-\s|(?<![A-Z])\.\s|\b(?:that|but|while|whereas|when|although|because|than|if|said|says|told)\s|,\s(?:and|as|or|though|for)\s"
)
_RELATIVE = re.compile(
    r"\s*(?:who|which|whose|whom|the|a|an|its|his|her|their|commissioned|citing|quoting|speaking|himself|herself|known|led|based|run|once|then|now|formerly|both|also|using|having|on\b|in\b|at\b|by\b|after|under|for)\b|\s*[A-ZÀ-Þ]|\s*\d{1,3}$"
)
PRONOUNS = frozenset(["he", "she", "they", "it", "we", "i"])
_PRESS_TOLD = re.compile(rf"\btold\s+((?:the\s+)?{_CAP}(?:\s+(?:of\s+)?{_CAP}){{0,3}})")
_NOT_VIA = frozenset(
    [
        "Parliament",
        "Congress",
        "MPs",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "Reporters",
    ]
)


@dataclass(frozen=True)
class Voice:
    """An attribution: the source's words at `start:end`, and where the whole stands."""

    name: str
    start: int
    end: int
    first: int
    last: int
    rule: str
    trailing: bool
    via: str = ""


def voices(sentence: str) -> list[Voice]:
    """Return the attributions of a sentence in order."""
    found = [
        *_according(sentence),
        *_labels(sentence),
        *_counts(sentence),
        *_said(sentence),
        *_by(sentence),
    ]
    found.sort(key=lambda one: (one.first, one.last))
    kept: list[Voice] = []
    for one in found:
        nested = (
            kept
            and _NESTED.fullmatch(sentence[kept[-1].last : one.first])
            and not kept[-1].trailing
        )
        if not nested and (not kept or one.first >= kept[-1].last):
            kept.append(one)
    return kept


# "The prosecutor said that investigators had found 278": the prosecutor says so.
_NESTED = re.compile(r"[^.;:,]{0,40}?\s+that\s+(?:the\s+|an?\s+|its\s+|their\s+|his\s+|her\s+)?")


def _according(sentence: str) -> Iterator[Voice]:
    for match in _ACCORDING.finditer(sentence):
        stop = _STOPS.search(sentence, match.end())
        end = stop.start() if stop else len(sentence.rstrip(".!? "))
        name = clean(sentence[match.end() : end])
        if name and len(name.split()) <= 14:
            leading = match.start() <= 2 or (
                sentence[: match.start()].rstrip()[-1:] in ";" and sentence[end : end + 1] == ","
            )
            start = sentence.find(name, match.end())
            yield Voice(
                name, start, start + len(name), match.start(), end, "according to", not leading
            )


def _labels(sentence: str) -> Iterator[Voice]:
    """Yield "WHO: four in ten of the dead are children", the label of a heading or a quotation."""
    stamp = re.match(r"\s*(?:\d{1,2}[:.]\d{2}\s*(?:[-–—|]|GMT|BST)?\s*)?", sentence)
    at = stamp.end() if stamp else 0
    match = re.compile(rf"({_CAP}(?:\s+(?:of\s+|the\s+)?{_CAP}){{0,3}}):\s").match(sentence, at)
    if (
        match
        and (re.fullmatch(r"[A-Z]{2,7}", match[1]) or _SPEAKERS.search(match[1]))
        and not re.match(
            r"(?:UPDATE|BREAKING|LIVE|WATCH|READ|NEW|NOTE|SOURCES?|[A-Z]+ED)\b", match[1]
        )
    ):
        yield Voice(
            match[1], match.start(1), match.end(1), match.start(), match.end(), "label", False
        )


_BY = re.compile(
    rf"(?:\bput\b|estimated|reported|counted|recorded|claimed|given|published|documented|acknowledged|admitted|confirmed|stated|at|as)\b[^;.]{{0,50}}?\bby\s+((?:the\s+|an?\s+)?(?:[a-z-]+\s+){{0,3}}{_CAP}(?:\s+(?:of\s+(?:the\s+)?)?{_CAP}){{0,5}}|the\s+(?:[a-z-]+\s+){{0,2}}[a-z]+)"
)


def _by(sentence: str) -> Iterator[Voice]:
    for match in _BY.finditer(sentence):
        name = clean(match[1])
        if (
            name
            and (name in _capitals() or _SPEAKERS.search(name))
            and not re.search(
                r"\b(?:killed|wounded|caused|attack\w*|injured|hit|struck)\s+by\s+$",
                sentence[: match.start(1)],
            )
        ):
            yield Voice(
                name,
                match.start(1) + match[1].find(name),
                match.end(1),
                match.start(1),
                match.end(1),
                "by",
                True,
            )


_COUNTS = re.compile(
    r"\b(?:count|tally|estimates?|study|survey|report|analysis|investigation|research|figures|data|census|database|review|bulletin|statement|assessment|toll)\s+"
    r"(?:(?:compiled|published|released|conducted|made|kept|collected|given|issued|carried\s+out|put\s+out|commissioned)\s+)?(?:by|from)\s+"
)


def _counts(sentence: str) -> Iterator[Voice]:
    """Yield "a count by the firm Occurrence", "data from the ministry"."""
    for match in _COUNTS.finditer(sentence):
        stop = _STOPS.search(sentence, match.end())
        end = stop.start() if stop else len(sentence.rstrip(".!? "))
        verb = _VERB.search(sentence, match.end(), end)
        name = clean(sentence[match.end() : verb.start() if verb else end])
        if name and len(name.split()) <= 8 and re.search(_CAP, name) and not re.match(_DATED, name):
            start = sentence.find(name, match.end())
            yield Voice(
                name, start, start + len(name), match.start(), start + len(name), "count by", False
            )


_DATED = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)[a-z]*\b"
_HAD = re.compile(
    r"\b(?:had|has)\s+(?=(?:it\s+at\s+|about\s+|around\s+|some\s+|only\s+|just\s+|more\s+than\s+)?\d)"
)


def _capitals() -> dict[str, str]:
    from bakhmut.drafting.words import capitals, peoples

    return {**capitals(), **peoples()}


def _said(sentence: str) -> Iterator[Voice]:
    plain = re.sub(r"\([^()]{0,60}\)", lambda match: " " * len(match[0]), sentence)
    for verb in (*_VERB.finditer(sentence), *_HAD.finditer(sentence)):
        if inverted := _inverted(sentence, verb):
            yield inverted
            continue
        if re.search(
            r"\b(?:the|an?|its|their|this|of|for|by)\s+$",
            sentence[max(0, verb.start() - 8) : verb.start()],
            re.I,
        ):
            continue  # "the claimed ratio"
        span = subject(plain, verb.start())
        if span is None:
            continue
        start, end = span
        name = sentence[start:end]
        if key(name) in ("a", "an", "the", "some", "its", "his", "their"):
            continue
        if verb[0].startswith("ha") and not _SPEAKERS.search(name):
            continue
        tail = sentence[verb.end() :]
        told = _PRESS_TOLD.match(sentence, verb.start())
        via = clean(told[1]) if told and clean(told[1]) not in _NOT_VIA else ""
        closed = re.match(
            r"(?:\s+(?:reporters|us|\w+\s+newspaper|(?:the\s+)?[A-Z]\w+|on\s+\w+day|yesterday|today|in\s+(?:a|an|its|his|their|the)\s+(?:[\w-]+\s+){0,4}(?:statement|report|update|bulletin|interview|briefing|post|tweet|message|letter|address)(?:\s+\w+\s+\w+day)?|this\s+\w+|last\s+\w+|late\s+\w+|of\s+the\s+\w+))*\s*(?:[,.;:!?\"”]|$)",
            tail,
        )
        before = re.sub(
            r"\b(?:the|an?|one|its|his|her|their)\s*$", "", sentence[:start], flags=re.I
        ).rstrip()
        trailing = bool(closed) and before[-1:] in ",”\"’'—–-;" and bool(before)
        yield Voice(name, start, end, start, verb.end(), f"speaker {verb[0]}", trailing, via)


_INVERTED = re.compile(
    r"\s+((?:(?:the|an?|its|his|her|their|one)\s+)?(?:[A-ZÀ-Þa-z][\w’'.&/-]*\s+){0,9}?[\w’'&/-]+)(?=\s*(?:[,.;:\"”(]|$|\s+(?:who|which|in|on|at|after|as|of\s+the\s+\w+,)\b))"
)


def _inverted(sentence: str, verb: re.Match[str]) -> Voice | None:
    """Return ", said Lieutenant General X"; only behind a comma or a closed quotation."""
    if verb[0] not in (
        "said",
        "says",
        "reported",
        "wrote",
        "added",
        "reports",
        "claimed",
        "noted",
        "announced",
    ):
        return None
    if sentence[: verb.start()].rstrip()[-1:] not in tuple(",”\"’'"):
        return None
    match = _INVERTED.match(sentence, verb.end())
    if not match or not (_SPEAKERS.search(match[1]) or re.search(_CAP, match[1])):
        return None
    if re.match(r"(?:on|in|at|that|there|it|he|she|they|the\s+\w+\s+(?:was|were|had))\b", match[1]):
        return None
    name = clean(match[1])
    return Voice(
        name,
        match.start(1) + match[1].find(name),
        match.end(1),
        verb.start(),
        match.end(1),
        f"speaker {verb[0]}",
        True,
    )


def subject(sentence: str, verb: int) -> tuple[int, int] | None:
    """Return the span of the one who speaks, in front of a verb; appositions are stepped over."""
    floor = max(0, verb - 260)
    head = sentence[:verb].rstrip()
    if adjunct := _ADJUNCT.search(head, floor):
        head = head[: adjunct.start()]
    # "X, who spoke ..., told": what lies between the commas only describes X.
    while head.endswith(","):
        comma = head.rfind(",", floor, len(head) - 1)
        if comma < 0 or not _RELATIVE.match(head[comma + 1 :]):
            head = head[:-1].rstrip()
            break
        described = head[comma + 1 :]
        head = head[: comma + 1]
        if not re.match(r"\s*(?:who|which|whose)\b", described) and not head.endswith(","):
            break
        head = (
            head
            if re.search(r",[^,]*,$", head)
            and _RELATIVE.match(head[head.rfind(",", 0, -1) + 1 :])
            and re.match(r"\s*(?:who|which|whose|a\s|an\s)", head[head.rfind(",", 0, -1) + 1 :])
            else head[:-1].rstrip()
        )
    bound = max((match.end() for match in _BOUND.finditer(head, floor)), default=floor)
    bound = max(bound, head.rfind(",", bound) + 1)
    start = bound + (lead.end() if (lead := _LEADERS.match(head[bound:])) else 0)
    conj = re.search(r".*\band\s+(?=(?:the|a|an|its|one)\s|[A-Z])", head[start:])
    if conj and re.search(r"\d|\b(?:killed|wounded|died|were|was|had|have|has)\b", conj[0]):
        start += conj.end()
    words = head[start:]
    if more := re.search(r"\s(?:who|which|with|whose|speaking|citing|quoting)\s", words):
        words = words[: more.start()]
    return _speaker(sentence, clean(words), start)


def _speaker(sentence: str, name: str, start: int) -> tuple[int, int] | None:
    """Return where a name stands if it may be one who speaks."""
    if not name or len(name.split()) > 16 or _NO_SPEAKER.search(name):
        return None
    if not (re.search(_CAP, name) or _SPEAKERS.search(name) or key(name) in PRONOUNS):
        return None
    plain = start == 0 and len(name.split()) == 1 and name == name.lower()
    if plain and not _SPEAKERS.search(name) and key(name) not in PRONOUNS:
        return None
    at = sentence.find(name, start)
    return (at, at + len(name)) if at >= 0 else None


_NO_SPEAKER = re.compile(
    r"^(?:what|who|which|nobody|no\s+one|neither|none|there|this|these|those|\d(?!\d*-year))|\b(?:were|was|is|are|been|be|to|not|has|had|have|will)\b",
    re.I,
)


def clean(name: str) -> str:
    """Return a name without article, marks and adverbs around it."""
    name = name.strip(" ,.;:\"“”'‘’()-–—")
    name = re.sub(r"^(?:the|a|an|one|another|both)\s+", "", name, flags=re.IGNORECASE)
    return re.sub(r"\s+(?:also|has|had|have|later|itself)$", "", name).strip()


_AGENT = re.compile(
    rf"(?:(?:{_CAP}|[a-z]+(?:-[a-z]+)*)\s+){{0,2}}(?:{_SPEAKERS.pattern[4:-3]})\b(?:\s+of\s+(?:the\s+)?(?:\w+\s+){{0,2}}{_CAP}(?:\s+{_CAP}){{0,2}})?"
)


def agent(sentence: str, end: int) -> tuple[int, int] | None:
    """Return the last person or office in front of a place: what "he" there may stand for."""
    last = None
    for match in _AGENT.finditer(sentence, 0, end):
        if key(match[0]) not in PRONOUNS:
            last = match
    if last is None:
        return None
    name = clean(last[0])
    at = last.start() + last[0].find(name)
    return at, at + len(name)


def voice_of(start: int, end: int, sentence: str, found: list[Voice]) -> Voice | None:
    """Return the attribution of a number at `start:end` of a sentence."""
    left = [one for one in found if one.last <= start]
    right = [one for one in found if one.first >= end and one.trailing]
    after = right[0] if right else None
    before = left[-1] if left else None
    if after and before:
        gap, behind = sentence[before.last : start], sentence[end : after.first]
        broken = re.search(r";|\bwhile\b|\bbut\b|,\s+and\b|\bwhereas\b|,\s+though\b", gap)
        if before.trailing or broken or after.rule == "by":
            return after if not re.search(r";", behind) else before
        return before
    return after or before


__all__ = ["PRONOUNS", "agent", "Voice", "clean", "voice_of", "voices"]
