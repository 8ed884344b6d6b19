"""Losses without a number: "significant losses", "entire families drowned"; and none at all.

"No one was hurt" and "losses: none" are counts of 0; "heavy casualties" has no number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from bakhmut.drafting.numbers.masked import Mention
from bakhmut.drafting.scope.hits import Hit
from bakhmut.drafting.words import listed, tokens

_HOW = (
    r"(?:significant|heavy|heavier|severe|serious|high|huge|massive|enormous|substantial|"
    r"considerable|grievous|terrible|catastrophic|appalling|"
    r"mounting|staggering|devastating|crippling|horrendous|horrific|colossal|extensive|great|"
    r"large|big|immense|unsustainable|dreadful|light|minor|minimal|insignificant|trifling|"
    r"limited|moderate|slight|negligible|few|many|numerous|countless|several|multiple|untold|"
    r"innumerable|scores|further|more|some(?=\s+loss(?:es)?\b)|an\s+unknown\s+number\s+of|"
    r"an\s+unspecified\s+number\s+of|a\s+(?:large|small|great)\s+number\s+of|unprecedented|"
    r"bloody|painful|bitter)"
)
_LOSSES = re.compile(
    rf"\b{_HOW}\s+(?:\w+\s+){{0,2}}?(losses|casualties|loss\s+of\s+life|death\s+toll|deaths|"
    rf"fatalities)\b",
    re.I,
)
# "casualties were light"
_WERE = re.compile(
    r"\b(?:losses|casualties|the\s+dead|(?:death\s+)?toll|the\s+(?:human\s+)?cost|bloodshed|loss\s+of\s+life)\s+(?:(?:on|in|among|of)\s+(?:[\w’'-]+\s+){1,6}?)?(?:were|was|are|is|as|have\s+been|had\s+been|that\s+[^,.;\d]{2,60}?\s(?:calls?|called))\s+(?:likely\s+to\s+be\s+)?"
    rf"(?:very\s+|extremely\s+|reportedly\s+)?\s?{_HOW}(?=\s*(?:[,.;:]|$|on\b|in\b|among\b|and\b|but\b))",
    re.I,
)
# "flattened entire villages"
_WHOLES = re.compile(
    r"\s+((?:entire|whole)\s+(?:families|villages|units|communities|neighbourhoods|towns|streets|districts|generations))\b",
    re.I,
)
_UNSAID = re.compile(
    r"(?:no|zero|without(?:\s+any)?)\s+(?:official\s+|exact\s+|reliable\s+|independent\s+|further\s+|immediate\s+)?(?:casualty\s+|death\s+)?(?:details?|figures?|word|"
    r"information|estimates?|counts?|numbers?|breakdown|indication|records?|data|mention|toll|confirmation)\b|"
    r"neither\s+(?:side|party|army|government|country)\s+(?:gave|gives|has|had|released|published|disclosed|said|would|confirmed|reports?|announced)\b",
    re.I,
)
_HIGHER = re.compile(
    r"\b(?:figures?|numbers?|tolls?|totals?|losses|count|casualties)"
    r"\b[^.;\d]{0,50}?\b((?:considerably|much|far|significantly|substantially|many\s+times)"
    r"\s+(?:higher|greater|larger))\b(?!\s+than\s+\d)",
    re.I,
)
# "losses are higher than Kyiv admits", "the true number will be higher"
_UNCOUNTED = re.compile(
    r"\b(?:figures?|numbers?|tolls?|totals?|losses|count|casualties)\b[^.;\d]{0,40}?\b"
    r"((?:higher|greater|heavier|larger)\s+than\s+[^.;,\d]{2,40}?\b(?:admit|acknowledge|concede|report|"
    r"claim|disclose|announce|state|say|publish)(?:s|d|ed|te?d)?\b|"
    r"(?:will|may|could|might|must|likely\s+to|thought\s+to|believed\s+to|feared\s+to|probably|"
    r"certainly)\s+(?:well\s+)?(?:be\s+|is\s+|are\s+)?(?:higher|greater)\b(?!\s+than))|"
    r"\b(?:real|true|actual)\s+(?:death\s+)?(?:figure|number|toll|total|count)\b[^.;,\d]{0,40}?\s(?:is|was)\s+"
    r"((?:even\s+|far\s+|much\s+)?(?:higher|greater))\b(?!\s+than)|"
    r"\bit\s+(?:will|could|may|might)\s+(?:well\s+)?be\s+(many\s+more)\b(?=\s*[,.;”\"])",
    re.I,
)
# "There were bodies everywhere"
_EVERYWHERE = re.compile(
    r"\b((?:(?:bodies|corpses|victims|casualties|dead|wounded|injured)\s+(?:and\s+)?)+(?:everywhere|all\s+(?:over|around)))\b"
)
_WHOLE = re.compile(
    r"\b(?:entire|whole)\s+(?:families|villages|units|platoons|companies|battalions|regiments|"
    r"brigades|crews|communities|neighbourhoods|classes|convoys|armies|squads|columns|streets|towns|settlements|clans|divisions|garrisons|patrols|households|tribes|generations)\s+(?:(?:were|was|have\s+been|"
    r"had\s+been|had|have)\s+)?(?:\w+ly\s+)?$",
    re.I,
)
_FAVOUR = re.compile(
    r"\b(?:casualty|loss|kill|exchange|attrition)\s+(?:ratio|rate)"
    r"s?\b[^.;]{0,60}?((?:did\s+not|does\s+not|didn['’]t|do\s+not|has\s+not)\s+favou?r(?:ed)?|"
    r"favou?r(?:s|ed))\b",
    re.I,
)
_MANY = re.compile(
    r"\b(?:(?:very\s+)?many(?:\s+(?:more|others))?(?!\s+of\s+(?:them|whom)\s+(?:[a-z]+s|women|children|men)\b)|countless|numerous|several|untold\s+numbers\s+of|"
    r"an?\s+(?:(?:unknown|large|untold)\s+)?number\s+of)\s+(?:of\s+)?(?:\w+\s+){0,3}?(?:(?:were|"
    r"are|was|have\s+been|had\s+been|have|had)\s+)?(?:(?:feared|reported|"
    r"believed|thought|known|said|presumed)(?:\s+to\s+(?:be|have\s+been|have))?\s+|(?:reportedly|also|still)\s+)*$",
    re.I,
)
# "lost many, many colleagues"
_MANY_OBJECT = re.compile(
    r"\s+((?:(?:so\s+)?many(?:,\s+many)?|an?\s+(?:[a-z]+\s+)?lot\s+of)\s+(?:of\s+(?:our|their|his|her|my)\s+)?[a-z]+(?:s|men|people))\b"
)
_NONE_LOST = re.compile(
    r"\s+(?:(not\s+a(?:\s+single)?)(?=\s+(?:man|soul|soldier)\b)|(none|nobody|no\s+one)"
    r"(?=\s*[.,;:]|$|\s(?:in|at|on|during|that|this|for|since|until|all)\b))"
)
# "We have not lost a single fighter"
_A_SINGLE = re.compile(r"\s+(a\s+single|so\s+much\s+as\s+one|even\s+one)\s+[a-z]")
_DID_NOT = re.compile(r"\b(not|never)\s+(?:yet\s+|even\s+)?$|n['’](t)\s+$")
_NONE_OF = re.compile(
    r"\b(no(?!\s+one\b)|zero|nil|without(?:\s+any)?|not\s+a\s+single|not\s+a(?=\s+(?:man|soul|soldier)\b)|not\s+one|neither)\s+(?:(?:other|"
    r"further|new|more|reported|reports\s+of|confirmed|known|serious|major|immediate|civilian|"
    r"military|human|own)\s+)*"
    r"(?:\w+[\"”]?\s+){0,2}?(?:(?:has|have|had|was|were|is|are|been|yet|ever)\s+)*(?:among\s+the\s+|so\s+much\s+as\s+)?$",
    re.I,
)
# "men with no shoes were killed": what they are without is not who was killed.
_WITH = re.compile(r"\b(?:with|having|ha[sd]|have)\s+$", re.I)
_FINITE = re.compile(r"\b(?:has|have|had|was|were|is|are)\s+|\b(?:died|perished|fell)$", re.I)
_GIVES = re.compile(
    r"\b(?:g[ai]v(?:e|es|ing)|publish\w*|releas\w+|offer\w*|disclos\w+|provid\w+)\s+$"
)
_NOBODY = re.compile(
    r"\b((?:no\s+one|nobody)(?:\s+of\s+(?:\w+\s+){1,5}?)?|no-one|not\s+(?:a\s+single\s+)?one(?:\s+of\s+(?:\w+\s+){1,6}?)?|(?:none|neither(?=\s+of\b))(?:\s+of\s+(?:\w+\s+){1,5}?)?)\s*(?:(?:was|were|is|are|"
    r"has|have|had|been|got|reported|seriously|still|else|nearby|on\s+board|(?:in|on|at|aboard|inside|outside|from)(?:\s+(?:the|either|any|our|their|this)(?:\s+\w+){1,3}?)?)\s+)*$",
    re.I,
)
_NONE_AFTER = re.compile(
    r"(?:\s+(?:were|was|are|is|on\s+our\s+side|to\s+our\s+\w+))?\s*[:,–—-]?\s*(none|nil|zero)\b(?!\s+of\b)",
    re.I,
)
# "There were none", ", none of them seriously", "DOE: Not one.": of what the text spoke of.
_BARE_NONE = re.compile(
    r"\b[Tt]here\s+(?:were|was|are|is|(?:have|had)\s+been)\s+(?P<there>none)\b(?!\s+of\b)|"
    r"(?:[,;–—]\s+(?:and\s+|but\s+)?|\bthat\s+)(?P<of>none)\s+of\s+(?:them|whom)\b|"
    r"\b(?:and|but)\s+(?P<one>not\s+one)\s+(?:was|were|of\s+them)\b|"
    r"\b(?P<single>[Nn]ot\s+a\s+single(?=\s+(?:man|soldier|person|fighter|civilian|serviceman|casualty|officer|patient|child|woman|prisoner|trooper|villager|passenger|house|vehicle|tank|aircraft|plane|ship)\b))|"
    r",\s(?P<known>none)(?=\s+that\s+(?:I|we)\s+(?:know|knew|have\s+heard|am\s+aware|are\s+aware))|"
    r"(?:^|:\s)(?P<said>Not\s+one|Not\s+a\s+single\s+one|None|Nobody|(?<=:\s)(?:none|nil|nobody))(?=[.!]?$)"
)
# Each pattern of losses without a number: which group is the loss, its rule, and the words of
# which it needs one, so that most sentences are not searched.
_HOW_MANY = (
    (_LOSSES, 0, "how heavy", {"losses", "casualties", "loss", "toll", "deaths", "fatalities"}),
    (_WERE, 0, "how heavy", {"losses", "casualties", "dead", "toll", "cost", "bloodshed", "loss"}),
    (_HIGHER, 1, "higher than counted", {"higher", "greater", "larger"}),
    (_UNCOUNTED, 1, "higher than counted", {"higher", "greater", "heavier", "larger", "many"}),
    (_EVERYWHERE, 1, "everywhere", {"everywhere", "all"}),
    (_FAVOUR, 1, "favoured", {"favour", "favor", "favours", "favors", "favoured", "favored"}),
)
_OF_GROUPS = {
    "entire",
    "whole",
    "many",
    "countless",
    "numerous",
    "several",
    "number",
    "numbers",
    "lot",
}
_OF_NONE = {"no", "zero", "nil", "without", "not", "neither", "nobody", "none"}
_NOT_A_SINGLE = re.compile(
    r"\bnot\s+a\s+single\s+one\s+(?:(?:has|have|had|was|were|been)\s+)*$", re.I
)
# Of these nobody says that there were none, or it is no loss.
_NO_LOSS = listed("measures without a zero")


# "Losses, the statement said, were 'very heavy'": marks, and who says so in between.
_ASIDE = re.compile(
    r",\s(?:according\s+to\s[^,.;]{2,50}|by\s+(?:his|her|their|its|all)\s\w+|(?:[\w’'-]+\s){1,4}(?:said|says|say|"
    r"admits?|admitted|insists?|insisted|adds|added|reports?|reported|would\s+say)(?:\s[a-z]+){0,4}),(?=\s(?:were|was|are|is|had|have)\b)|[\"“”]"
)


def unnumbered(sentence: str, hits: list[Hit]) -> Iterator[Mention]:
    """Yield losses without a number, and zeros in words, in no particular order."""
    said = tokens(sentence)
    plain = _ASIDE.sub(lambda aside: " " * len(aside[0]), sentence)
    for pattern, group, rule, words in _HOW_MANY:
        for match in () if said.isdisjoint(words) else pattern.finditer(plain):
            said_at = match.lastindex if group else 0
            yield Mention(*match.span(said_at or 0), "vague", "", "", rule)
    for match in () if said.isdisjoint(_OF_NONE) else _BARE_NONE.finditer(sentence):
        yield _zero(*match.span(match.lastgroup or 0))
    for hit in () if said.isdisjoint(_OF_GROUPS | _OF_NONE) else hits:
        before = sentence[max(0, hit.start - 90) : hit.start]
        if hit.measure in _NO_LOSS and not _NOT_A_SINGLE.search(before):
            continue
        floor = hit.start - len(before)
        if "done" in hit.forms:
            if match := _WHOLE.search(before):
                yield Mention(floor + match.start(), hit.end, "vague", "", "", "whole groups")
            elif (match := _MANY.search(before)) and not re.search(
                r"\b(?:how|so|as|too)\s+$", before[: match.start()], re.I
            ):
                yield Mention(floor + match.start(), hit.end, "vague", "", "", "many")
        if match := _NOBODY.search(before):
            # "none of its sailors"
            none = re.match(
                r"none\b|neither\b|(?:nobody|no\s+one)(?=\s+of\b)|not\s+(?:a\s+single\s+)?one\b",
                match[1],
                re.I,
            )
            if "done" in hit.forms or not none:
                end = match.start(1) + none.end() if none else match.end(1)
                yield _zero(floor + match.start(1), floor + end)
        if "doing" in hit.forms and (match := _MANY_OBJECT.match(sentence, hit.end)):
            yield Mention(*match.span(1), "vague", "", "", "many")
        if "doing" in hit.forms and (match := _NONE_LOST.match(sentence, hit.end)):
            yield _zero(*match.span(match.lastindex or 0))
        single = _A_SINGLE.match(sentence, hit.end) if "doing" in hit.forms else None
        if single and _DID_NOT.search(before):
            yield _zero(*single.span(1))
        if "doing" in hit.forms and (match := _WHOLES.match(sentence, hit.end)):
            yield Mention(hit.start, match.end(), "vague", "", "", "whole groups")
        if (match := _NONE_OF.search(before)) and not _GIVES.search(before, 0, match.start()):
            said = sentence[match.start() + floor :]
            is_held = "name" not in hit.forms and _WITH.search(before, 0, match.start())
            if is_held and _FINITE.search(sentence, match.start() + floor, hit.end):
                continue
            if not re.match(
                r"(?:no|zero)\s+(?:doubt|more\s+than|fewer|less|matter|longer|sign)", said, re.I
            ) and not _UNSAID.match(said):
                yield _zero(floor + match.start(1), floor + match.end(1))
        if "name" in hit.forms and (match := _NONE_AFTER.match(sentence, hit.end)):
            yield _zero(*match.span(1))


def _zero(start: int, end: int) -> Mention:
    return Mention(start, end, "count", "0", "0", "none", value=Fraction(0))
