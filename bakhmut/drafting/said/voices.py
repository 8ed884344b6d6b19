"""Who says so, and through whom: the attributions in a sentence, in order.

"12 died, police said; 30 were hurt, according to the Red Cross" has two, each behind its number;
"Kyiv said that 400 had died and 300 were hurt" has one in front of both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from bakhmut.drafting.numbers.numerals import SMALL
from bakhmut.drafting.patterns.needing import Needing
from bakhmut.drafting.said.antecedents import only_name
from bakhmut.drafting.said.relays import MEDIA, QUOTED_AS, in_print, inverted, told
from bakhmut.drafting.said.speakers import (
    CAPITAL,
    Voice,
    antecedent,
    apposed,
    clean,
    is_speaker,
    subject,
    with_name,
)
from bakhmut.drafting.said.tallies import (
    NAME,
    SAYING,
    STOPS,
    VERBS,
    bracketed,
    by_whom,
    counts,
    gapped,
    own_counts,
    possessed,
)
from bakhmut.drafting.said.turns import dashed, labels
from bakhmut.drafting.words import SENTENCES, capitals, key, listed, peoples, tokens, window

_ACCORDING = Needing(
    r"\b(?:[Aa]ccording\s+to|[Aa]s\s+per|[Bb]y\s+(?:the|an?)\s+(?:(?:first|early|rough|initial|preliminary)\s+)?(?:reckoning|count|account|estimate|tally)"
    r"\s+of|[Bb]y(?=\s+an?\s+official\s+(?:tally|count|estimate|reckoning)\b)|(?:heard|learn(?:ed|t))\s+from|\bI\s+read\s+in(?=\s+the\s)|[Ii]n\s+the\s+(?:words|view)\s+of|[Ii]f\s+(?:one|you|we)\s+believes?)\s+",
    re.I,
)


_LED = re.compile(
    r"including\b|among\b|(?:In|At|On|After|Before|During|From|Using|Somewhere|When|While|Where|If|Since|By|For|With|Upon)\s"
)
_WHEN = re.compile(r"(?:When|While|If|Since|Where)\s+(?:(?:the|an?)\s+)?(?=(\w))")
_SPEAKS = ("said", "says", "told", "claimed", "announced", "reported")
_ADVERB = re.compile(r"[A-Z][a-z]+ly")  # "Visually confirmed losses"
_HE = frozenset(("he", "she", "they", "it"))
# Those whom a measure names, and none of whom speaks.
_NAMED = frozenset(("wounded", "killed", "dead", "missing", "injured", "prisoners", "casualties"))


@lru_cache(maxsize=SENTENCES)
def voices(sentence: str) -> list[Voice]:
    """Return the attributions of a sentence in order."""
    found = [
        *_according(sentence),
        *labels(sentence),
        *counts(sentence),
        *_said(sentence),
        *by_whom(sentence),
        *own_counts(sentence),
        *dashed(sentence),
        *bracketed(sentence),
        *possessed(sentence),
        *gapped(sentence),
        *in_print(sentence),
        *_putting(sentence),
    ]
    found.sort(key=lambda one: (one.first, one.last))
    kept: list[Voice] = []
    for one in found:
        lead = _WHEN.match(one.name)  # "When Tom Perriello said that", "When an official told us"
        if lead and (lead[1].isupper() or one.rule.endswith(_SPEAKS)):
            one = replace(one, name=one.name[lead.end() :], start=one.start + lead.end())
        start, name = only_name(one.name)
        if not name:
            continue
        if name != one.name:
            start += one.start
            one = replace(one, name=name, start=start, end=start + len(name))
        if _TIMES_WHAT.search(sentence, 0, one.start):
            continue  # "ten times what the coalition had owned up to"
        words = one.name.split()
        if key(one.name) in _NAMED or _LED.match(one.name) or _ADVERB.fullmatch(one.name):
            continue  # "Wounded, reckon on three for each", "including an engineer who was found"
        if len(words) > 1 and words[0].lower() in _HE:  # "He walked eight miles and says five died"
            one = replace(one, name=words[0], end=one.start + len(words[0]))
        nested = (
            kept
            and _NESTED.fullmatch(sentence[kept[-1].last : one.first])
            and not kept[-1].trailing
            and not _I_SHOULD.match(sentence, kept[-1].start)
        )
        # "A man from the Front, which lost 7 according to two officers, said": one in the other.
        within = kept and one.rule == "according to" and one.first >= kept[-1].end
        if not nested and (not kept or one.first >= kept[-1].last or within):
            kept.append(one)
    return sorted(kept, key=lambda one: one.last)


_I_SHOULD = re.compile(r"I\s+(?:should|must|could|ought)\b")  # "add that the survey found 40"
# "The prosecutor said that investigators had found 278": the prosecutor says so.
_NESTED = re.compile(r"[^.;:,]{0,40}?\s+that\s+(?:the\s+|an?\s+|its\s+|their\s+|his\s+|her\s+)?")


def _according(sentence: str) -> Iterator[Voice]:
    for match in _ACCORDING.finditer(sentence):
        stop = STOPS.search(sentence, match.end())
        end = stop.start() if stop else len(sentence.rstrip(".!? "))
        if match.start() <= 2 and (number := _NUMBER.search(sentence, match.end(), end)):
            end = number.start()  # "According to the indictment 486 came out"
        if match.start() <= 2 and (other := _OTHER_SUBJECT.search(sentence, match.end(), end)):
            end = other.start()  # "According to one account the bishop was killed"
        name = _PRONOUN_NEXT.sub("", clean(sentence[match.end() : end]))
        if name and len(name.split()) <= 14:
            leading = match.start() <= 2 or (
                sentence[: match.start()].rstrip()[-1:] in ";" and sentence[end : end + 1] == ","
            )
            leading = leading or (
                sentence.startswith(" that ", end)
                and not re.search(r"\d", sentence[: match.start()])
            )  # "According to the union that 40 died", and no "an analysis that draws on" them
            start = sentence.find(name, match.end())
            yield Voice(
                name, start, start + len(name), match.start(), end, "according to", not leading
            )


_NUMBER = re.compile(r"\s(?=\d)")
_PRONOUN_NEXT = re.compile(r"\s(?:it|they|he|she|we)$")  # "According to an officer it has lost"
_OTHER_SUBJECT = re.compile(
    r"(?<!\bof)(?<!\bin)(?<!\bat)(?<!\bby)(?<!\bfor)(?<!\band)(?<!\bfrom)(?<!\bto)(?<!\bwith)(?<!\bboth)(?<!\bon)(?<!\bnear)"
    r"\s(?=(?:the|an?|its|their|his|her)\s)"
)
# Verbs that mostly say something else: then only who is known to speak is a source.
_OTHERWISE = listed("verbs that mostly say something else")
_FORCES = listed("units of a force") | {"enemy", "adversary"}
_FOUND_US = re.compile(r"\s+(?:us|me|him|her|them|it|each\s+other|one\s+another|themselves)\b")
_SAW = re.compile(
    r"\s+(?:[a-z]+\s+){0,2}\d[\d,]*(?:\s+people)?(?:\s+at\s+(?:the\s+)?(?:most|least))?\s*(?:[.,;]|$)"
)
_HAD = Needing(
    r"\b(?:holds?|held|has|have|had|keeps?|kept)\s+(?:photographs|photos|pictures|images|footage|videos?)\s+of\s+(?=[a-z\s]{0,20}\d)|\b(?:collected|gathered|compiled)\s+(?=the\s+names\s+of\s+\d|\d[\d,]*\s+names\b)|\b(?:drew|drawn)\s+up\s+(?=(?:an?\s+|the\s+)?lists?\s+(?:of|with)\s)|"
    r"\bset\s+(?=(?:the|its|their)\s+(?:[\w’-]+[’']s?\s+)?(?:losses|dead|toll|number|figure|death\s+toll)\b[^.;]{0,45}\sat\s)|"
    r"\b(?:stop(?:s|ped)|st(?:ood|ands))\s+at\s+(?=\d[\d,]*(?:\s*[.,;]|$|\s+(?:for|dead|deaths|killed|in|by)\b))|\b(?:had|has|have)\s+reached\s+(?=\d)|\bc[ao]mes?\s+down\s+to\s+(?=between\s|about\s|\d)|\bcould\s+name\s+(?=\d)|\bentered\s+(?=\d[\d,]*\s+[a-z]+\s+(?:in\s+(?:the|his|her|its)\s)|the\s[^.;,]{3,30}\sas\s+\d)|\breceived\s+(?:[a-z]+\s+)?reports\s+(?=of\s)|"
    r"\b(?:have\s+(?=\d[\d,]*\s+names\b|the\s+names\s+of\s+\d)|(?:had|has)\s+(?=(?:it\s+at\s+|about\s+|around\s+|some\s+|only\s+|just\s+|"
    r"more\s+than\s+)?\d))|\b(?:holds?|held)\s+(?=[^.;,]{3,60}\sresponsible\s+for\b)|"
    r"\b(?:comes?|came)\s+down\s+(?=(?:between|nearer|closer)\s[^.;]{0,40}\bat\s)|"
    r"\b(?:consider(?:s|ed)?|th(?:ought|inks?)|regard(?:s|ed)?)\s+(?=(?:\w+\s+){0,2}(?:\d[\d,]*|[a-z]+\s+to\s+one)\s+(?:an?\s|nearer\s|closer\s|[\w\s]{0,30}\bas\s))"
)
_WHOSE = re.compile(
    r".*\b(?:[Hh]is|[Hh]er|[Mm]y|[Oo]ur|[Tt]heir)\s+(?:[a-z]+\s+)?(?:group|team|side|crew|party|family|village)"
)
_TIMES_WHAT = re.compile(r"\b(?:times|twice|double|half|than)\s+what\s+(?:(?:the|an?|its)\s+)?$")
_STOOD = re.compile(r"st(?:ood|ands)\b")
_MEN = re.compile(r"[\d,]+\s+(?:[a-z]+\s+)?(?:men|troops|soldiers|guns|ships|horses)\b")
_TAKES_IN = re.compile(
    r"\s+(?:(?:about|some|around|another|over|nearly|more\s+than|at\s+least)\s+)*(?:\d[\d,]*|[a-z]+(?:-[a-z]+)?)\s+"
    r"(?:new\s+|more\s+|injured\s+|wounded\s+)?(?:patients|people|children|casualties|wounded)\b(?!\s+(?:were|was|had|have|died))"
)
_NAMES = re.compile(
    r"\s*(?:some\s+|about\s+)?[\d,]*\s+(?:names\b|on\s+its\s+(?:lists?|books|registers?|rolls?)\b)"
)  # "UALosses had 73,900 names"
_LETTERS = re.compile(r"(?:[A-Z]\.?){2,5}")  # the U.N.
_IN_BRACKETS = re.compile(
    r"\([^()]{0,60}\)|(?<=[a-zà-ÿ]),\s(?:now\s|then\s|aged\s)?\d{2}(?=,)"
)  # and ", 45," of an age


def _said(sentence: str) -> Iterator[Voice]:
    plain = _IN_BRACKETS.sub(lambda match: " " * len(match[0]), sentence)
    verbs = () if SAYING.isdisjoint(tokens(sentence)) else VERBS.finditer(sentence)
    for verb in (*verbs, *_HAD.finditer(sentence)):
        has = verb.re is _HAD.compiled
        if behind := inverted(sentence, verb):
            yield behind
            continue
        if re.search(
            r"\b(?:the|an?|its|their|this|of|for|by|as)\s+$",
            sentence[max(0, verb.start() - 8) : verb.start()],
            re.I,
        ):
            continue  # "the claimed ratio", "quoted the governor as saying"
        noun = verb[0] in ("report", "claim", "estimate", "warn", "list", "count")
        if (
            noun
            and not _MANY.search(window(sentence, verb.start()))
            and not (verb[0] == "claim" and _CLAIM_TO.match(sentence, verb.end()))
        ):
            continue
        if verb[0] == "estimates" and not _ESTIMATES.match(sentence, verb.end()):
            continue
        if verb[0] in _OF_NUMBER and not _NUMBER_NEAR.match(sentence, verb.end()):
            continue  # "the court accused the guards"
        if verb[0] == "found" and _FOUND_US.match(sentence, verb.end()):
            continue  # "before the soldiers found us"
        if _NOBODY_SAYS.match(sentence, verb.start()):
            continue  # "Officers cited 14 people", "the enemy showed no more than 28 ships"
        if verb[0].startswith("add") and sentence.startswith(" up", verb.end()):
            continue  # "a monitor that adds up incidents"
        if has and _MEN.match(sentence, verb.end()):
            continue  # "General Elphinstone had 4,500 fighting men"
        if verb[0] == "accused" and sentence.startswith(" of ", verb.end()):
            continue  # "went on trial, accused of having ordered the deaths of 201"
        if verb[0] == "saw" and not _SAW.match(sentence, verb.end()):
            continue  # "the district saw 40 deaths"
        if verb[0] in ("put", "puts") and not _AT.match(sentence, verb.end()):
            continue  # "crews put out a blaze"
        if verb[0] in ("admitted", "admits") and _TAKES_IN.match(sentence, verb.end()):
            continue  # "our ward admitted 42 patients"
        if verb[0].startswith("argue") and _ABOUT.match(sentence, verb.end()):
            continue  # "the town still argues about its dead"
        if verb[0] == "found" and _NOTHING.match(sentence, verb.end()):
            continue  # "rescuers found no survivors"
        if verb[0] == "heard" and sentence.startswith(" from ", verb.end()):
            continue  # "heard from community leaders that": these say so
        if _PASSIVE_BY.match(sentence, verb.end()) or _LIVES.match(sentence, verb.start()):
            continue  # "images published by the project", "has claimed 850 lives"
        span = antecedent(plain, verb.start()) or apposed(plain, verb.start())
        span = span or subject(plain, verb.start())
        if span is None:
            continue
        start, end = span[0], with_name(sentence, *span)
        name = sentence[start:end]
        if _STOOD.match(verb[0]) and not _LETTERS.fullmatch(name):
            continue  # "the count stood at 12", and "ACLED stood at 12"
        if key(name) in _NO_NAMES or len(_DASH.findall(sentence, end, verb.start())) == 1:
            continue  # the last: "At least eight dead - reports"
        tail = sentence[verb.end() :]
        via = told(sentence, verb.start())
        if quoted := QUOTED_AS.match(sentence, verb.start()):
            via, (start, end), name = name, quoted.span(1), quoted[1]
        # ", a diplomat told Reuters on condition of anonymity": nothing is said behind the verb.
        closed = re.match(
            r"(?:\s+(?!that\b|how\b)(?:[^\s,.;:!?\d]+|[12]\d{3}\b|\d+-[a-z]+)){0,12}\s*(?:[,.;:!?”—–]|\"(?!\w)|$)",
            tail,
        )
        before = re.sub(
            r"(?:\b(?:figures|data)\s+(?:by|from)\s+)?\b(?:the|an?|one|another|(?:its|his|her|their)(?:\s+own)?)\s*$",
            "",
            sentence[:start],
            flags=re.I,
        ).rstrip()
        before = _AS.sub(",", before)  # "763 were hurt, as the police announced"
        trailing = bool(closed) and before[-1:] in ",”\"’'—–-;" and bool(before)
        if before.endswith(";") and _NUMBER_NEAR.match(tail):
            trailing = False  # "nine in ten; the army says seven in ten"
        known = _THAT_MANY.match(tail) or (verb[0] == "found" and _N_NEXT.match(tail))
        known = known or is_speaker(name) or (trailing and re.search(CAPITAL, name))
        if has and not _FORCES.isdisjoint(key(name).split()):
            continue  # "The New Zealand Division had 2,700 casualties"
        if has and _WHOSE.fullmatch(sentence[max(0, start - 6) : end]):
            continue  # "his group had only 17 wounded"
        head = _OF_WHERE.split(name)[0]  # no "shelling of Kyiv"
        lands = any(word in peoples() or word in capitals() for word in head.split())
        known = known or key(name) in listed("parties")
        known = known or (
            has and (MEDIA.search(name) or (_NAMES.match(tail) and re.search(CAPITAL, name)))
        )
        known = known or (verb[0].endswith(" that") and re.match(CAPITAL, head))
        # "Ukraine has around 500,000 troops": who has them does not say so
        known = known or (not has and (lands or NAME.search(name) or _LETTERS.fullmatch(name)))
        if (verb[0].split()[0] in _OTHERWISE or _ADJECTIVAL.match(sentence, verb.start())) and (
            not known
        ):
            continue
        mine = _BY_NAME.fullmatch(sentence, end, verb.start())
        if mine:  # "The governor, Ilda Ferran, put"
            end = mine.end(1)
            name = sentence[start:end]
        first = span[0]
        yield Voice(name, start, end, first, verb.end(), f"speaker {verb[0]}", trailing, via)


_BY_NAME = re.compile(
    rf",\s+({CAPITAL}(?:\s+{CAPITAL}){{1,3}}),\s+(?:(?:has|had|have|also|later)\s+)*"
)
_NO_NAMES = {
    *("a", "an", "the", "some", "its", "his", "their", "don't", "don’t"),
    *("first", "early", "earlier", "initial", "latest", "later", "previous", "new", "other"),
}
_AS, _DASH = re.compile(r",\s+as$"), re.compile(r"\s[-–—]\s")
_CLAIM_TO = re.compile(r"\s+to\s+have\b|\s+that\b")  # "The French claim to have killed 300"
_PUTTING = Needing(
    r"\b(?:with\s+(?:the\s+)?((?:[\w’-]+\s+){0,2}?[\w’-]+)\s+|(?<=while\s)|(?<=,\s)|(?<=\band\s))"
    r"(?:putting|giving|estimating|claiming|reporting|acknowledging|admitting|conceding)\s+"
    r"(?=[^.;:]{0,50}?\d)"
)


def _putting(sentence: str) -> Iterator[Voice]:
    """Yield who puts a number beside what they did: "the rebels ..., putting their dead at 31"."""
    for match in _PUTTING.finditer(sentence):
        if match[1]:  # "with officials putting the number of dead at 12"
            span = match.span(1) if is_speaker(match[1]) else None
        else:
            spans = (subject(sentence, m.start()) for m in VERBS.finditer(sentence))
            before = [one for one in spans if one and one[1] < match.start()]
            span = before[-1] if before else None
        if span:
            start, end = span
            last = match.end()
            yield Voice(sentence[start:end], start, end, match.start(), last, "speaker put", False)


# "has shown, file by file, that 6,402", "found between 1,066 and 1,579": whoever it is
_THAT_MANY = re.compile(r"(?:,\s[^,.;:]{3,30},)?\s+that\b[^.;:]*?(?:\d|\b(?:thirds?|half|most)\b)")
_N_NEXT = re.compile(r"\s+(?:between\s+|at\s+least\s+|some\s+|about\s+)?\d")
_NOBODY_SAYS = re.compile(
    r"cited\s+\d+\s+(?:people|drivers|men|women|motorists)\b|registered\s+(?:in|at|with|by)\b|"
    r"show(?:ed|s)\s+(?:no\s+more\s+than\s+)?(?:\d|[a-z]+-[a-z]+)[^.;]*\bfit\b"
)
# "Total confirmed cases": nobody speaks.
_ADJECTIVAL = re.compile(
    r"(?:confirmed|reported|estimated|documented|registered)\s+(?:(?!the\b|its\b|their\b)\w+\s+)?(?:cases|deaths|infections|dead|patients)\b"
)
_LIVES = re.compile(
    r"claim(?:s|ed)?\s+[^.;]{0,30}\b(?:lives|victims)\b|attributed\s+to\s+(?:the\s+)?[A-Z]"
)
# Verbs that say how many only where a number stands behind them.
_OF_NUMBER = listed("verbs of settling on a number")
_NUMBER_NEAR = re.compile(
    rf"[^.;:]{{0,60}}?(?:\d|\b(?:{'|'.join(sorted(SMALL))}|dozens|hundreds|thousands|twice|double|half)\b)",
    re.I,
)
_ESTIMATES = re.compile(
    r"\s+(?:that|the|there|it|its|some|about|at|between|\d|an?|they|up|over)\b|\s*[.,;]|$"
)
_OF_WHERE = re.compile(r"\s(?:of|in|from|for|at|on|near)\s")
_ABOUT = re.compile(r"\s+(?:about|over|with)\b")
_NOTHING = re.compile(r"\s+(?:no|none|nobody|nothing)\b(?!\s+(?:evidence|sign|proof|trace)\b)")
_AT = re.compile(r"[^.;]{0,90}?\b(?:at|as|by|between|nearer|closer\s+to)\s")
_PASSIVE_BY = re.compile(
    r"\s+(?:for\s(?!\w+\s+part\b)|by\s+(?:the\s|an?\s|[A-Z])|earlier\b(?!\s+of\b|[^.,;]{0,25}\sthat\b)|so\s+far\b|to\s+date\b|as\s(?!many|much|few|high|low))"
)
_MANY = re.compile(
    r"\b(?:[a-z]\w+s|people|police|they|we|I)\b(?:\s+(?:(?:at|of|in|from|for)(?:\s+the)?\s+\w+|(?-i:[A-Z])\w+))*(?:,\s(?:which|who)\s[^,.;]{3,60},)?\s+$",
    re.IGNORECASE,
)
