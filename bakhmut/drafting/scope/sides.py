"""Whose, where and when: the side, place and period of a figure, by the words of its sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bakhmut.drafting.numbers.masked import Mention
from bakhmut.drafting.numbers.numerals import SMALL
from bakhmut.drafting.patterns.needing import Needing
from bakhmut.drafting.phrases import counted, kind_of, noun_phrase
from bakhmut.drafting.scope.hits import Found
from bakhmut.drafting.words import (
    SENTENCES,
    any_of,
    background,
    key,
    listed,
    measures,
    people_pattern,
    peoples,
    persons,
    territories,
    warring,
)


@dataclass(frozen=True)
class Named:
    """A name for a cell, the span of the words that support it, the rule, and how sure it is."""

    name: str
    start: int
    end: int
    rule: str
    sure: str = "read"


_COMPANY = re.compile(
    r"\s(?:International|Airlines?|Airways|Air|Eastern|Southern|Times|Today|Daily|News|Post|Press|Television|Open)\b"
)
_UNIT_NAME = re.compile(
    r"\b\d{1,3}(?:st|nd|rd|th)\s+(?:[A-Z][\w’-]+\s+){0,3}[A-Z][\w’-]+(?!\s+(?:century|"
    r"anniversary))"
)


@lru_cache(maxsize=SENTENCES)
def sides(sentence: str) -> list[Named]:
    """Return territories, peoples and parties named in a sentence, in order."""
    found = [Named(match[0], *match.span(), "unit") for match in _UNIT_NAME.finditer(sentence)]
    for match in people_pattern().finditer(sentence):
        word = " ".join(match[0].split())
        if _COMPANY.match(sentence, match.end()):
            continue  # "a Pakistan International Airlines jet"
        if _HELPED.match(sentence, match.end()) or _BY_WHOM.match(sentence, match.end()):
            continue  # "Iran-backed militants", "fell to Russian fire": who is behind it
        if sentence[max(0, match.start() - 5) : match.start()].lower().endswith(_NOT_THEM):
            continue  # "non-Serbs", "pro-Russian separatists"
        if word in territories() and EVENT.match(sentence, match.end()):
            continue  # "Colombia pit blast toll": where it was
        if all(match.end() <= one.start or match.start() >= one.end for one in found):
            ethnic = sentence[: match.start()].endswith("ethnic ")  # no citizens of that land
            name = f"ethnic {word}" if ethnic else peoples()[word]
            found.append(Named(name, match.start(), match.end(), "people"))
    return sorted(found, key=lambda one: one.start)


_BY_WHOM = re.compile(
    r"\s+(?:artillery\s+|machine-gun\s+|air\s+)?(?:fire|shelling|shellfire|bombing|bombardment|strikes?|air-?strikes?|"
    r"attacks?|raids?|captivity|custody|hands)\b"
)
_HELPED = re.compile(r"(?:\s|-)(?:backed|sponsored|supported|funded|trained|armed|led|made)\b")
_NOT_THEM = ("non-", "pro-", "anti-")
PARTIES = any_of("parties")
GENERIC = frozenset(key(word) for word, kind in persons().items() if kind == "anybody")


def _ends_in_number(words: str) -> bool:
    """Whether words end in a number: `of the 40`, `of the six`."""
    last_one = words.split()[-1]
    return last_one[0].isdigit() or last_one.lower() in SMALL


def of_noun(mention: Mention, sentence: str, named: list[Named]) -> Named | None:
    """Return the side that the number's own noun says: `Russian servicemen`, `civil servants`."""
    start, end, head = counted(sentence, mention)
    if not head and (of := _OF_MANY.match(sentence, mention.end)):
        if _ends_in_number(sentence[of.start() : of.end()]):
            start, end, head = noun_phrase(sentence, of.end())  # "eleven of the 40 hostages"
        if head.lower() in WHO:
            return Named(sentence[start:end], start, end, "noun of the whole")
    if not head and (done := _DONE_TO.match(sentence, mention.end)):
        start, end, head = noun_phrase(sentence, done.end())
        inside = [one for one in named if start <= one.start and one.end <= end]
        head = head if inside and start == done.end() + 1 else ""
    return of_phrase(sentence, start, end, head, named) if head else None


# "268 captured Ukrainian soldiers"
_DONE_TO = re.compile(
    r"\s+(?:captured|wounded|injured|dead|missing|imprisoned|detained|surrendered|disarmed|freed|destroyed|damaged|disabled|abandoned|downed|killed)(?=\s+[A-ZÀ-Þ])"
)
_OF_MANY = re.compile(
    r"\s+(?:out\s+)?of\s+(?:(?:the|its|their|those|these|all|some|about|[a-z]+['’]s)\s+)+(?:[\d,.]+|[a-z-]+)(?=\s)"
)
_ELIDED = re.compile(r"\s+and\s+(?:about\s+|some\s+|over\s+)?[\d,]*\d\s+[A-Z][\w-]+\s+[a-z]")
_MANY = {
    one: f"{one}s" for one in ("civilian", "rebel", "insurgent", "militant", "separatist")
}  # "2,100 civilian dead"
WHO = listed("persons named by a measure")


def of_phrase(sentence: str, start: int, end: int, head: str, named: list[Named]) -> Named | None:
    """Return the side of a noun phrase at `start:end`."""
    phrase = sentence[start:end]
    kinds, lower = persons(), key(phrase)
    inside = [one for one in named if start <= one.start and one.end <= end]
    words = lower.split()
    kind = next(
        (kinds[" ".join(words[i:])] for i in range(len(words)) if " ".join(words[i:]) in kinds), ""
    )
    if (
        inside
        and (inside[0].start, inside[0].end) == (start, end)
        and phrase not in territories() | warring()
        and not _ELIDED.match(sentence, end)  # "43,000 Russian and 17,500 Ukrainian soldiers"
    ):
        return Named(phrase, start, end, "people in the noun")  # "five Americans", as worded
    if inside and kind == "soldiers" and inside[0].name.islower() and phrase.islower():
        return Named(phrase, start, end, "noun")  # "government soldiers"
    if inside and kind in ("", "soldiers", "anybody", "thing"):
        return Named(inside[0].name, inside[0].start, inside[0].end, "people in the noun")
    if lower in ("men", "man") and re.search(r"\b(?:women|girls)\b", sentence):
        kind = "group"
    if kind == "group" or (not kind and kind_of(phrase) == "group"):
        cut = re.sub(
            r"^(?:more|other|fellow|additional|further|new|such|ordinary|unarmed|innocent|"
            r"missing|dead|wounded|injured|trapped|stranded|rescued|captured|detained|arrested|infected|"
            r"surviving|kidnapped|abducted|of)\s+",
            "",
            phrase,
        )
        at = start + len(phrase) - len(cut)
        return Named(_MANY.get(cut, cut), at, end, "noun")
    ill = re.match(
        r"[A-Z]*\w*\d|[A-Z]{2,}\b|Ebola|Covid|Zika|Mpox|Marburg|Lassa|Nipah|West\s+Nile", phrase
    )
    name = phrase.split()[0]  # a people that no table has: "9,000 Sardian casualties"
    name = re.sub(r"['’]s$", "", name)  # "16,000 of Moscow's soldiers"
    known = ill or name.lower() in OPENERS
    if kind in ("soldiers", "anybody") and len(words) > 1 and name[0].isupper() and not known:
        return Named(name, start, start + len(name), "name in the noun", "inferred")
    return None


def group_of(mention: Mention, sentence: str, measure: Found | None) -> Named | None:
    """Return the counted noun where no table has it, or it is a measure's: `three deckhands`."""
    start, end, head = counted(sentence, mention)
    lower = head.lower()
    if not head or (measure and start <= measure.start < end):
        return None
    if lower in ("survivors", "casualties") or sentence.endswith("cases of ", 0, start):
        return None  # what became of them; of what they are ill
    if lower in WHO or lower in _ANIMALS:
        return Named(sentence[start:end], start, end, "noun")
    name = head[0].isupper() and start + len(head) == end and head not in peoples()
    unknown = not kind_of(sentence[start:end]) and (lower == head or name)
    many = lower.endswith("s") and not lower.endswith(("ss", "us"))
    many = many or mention.rule == "article" or (mention.value or 0) > 1  # "and a midwife"
    if unknown and many and lower not in background() | _NO_PERSONS:
        return Named(sentence[start:end], start, end, "noun", "inferred")
    return None


_NO_PERSONS = listed("no persons")
OPENERS = listed("ends of a noun phrase")
_ANIMALS = listed("animals")
_EVENTS = any_of("what happens somewhere")
EVENT = Needing(rf"\s+(?:[a-z-]+\s+)?(?:{_EVENTS})\b")
# "Parliamentarian losses": a side that no table has; "Heavy losses" is none.
_ADJECTIVE = re.compile(r"\b([A-Z][a-z]{3,}(?:ian|ist|ish|ese|ite|ani|ean|can|lic|ans|ons))\s+$")
_NO_SIDE = ("Median",)


def before_word(found: Found, sentence: str, named: list[Named]) -> Named | None:
    """Return the side in front of a measure's noun: `Chinese losses`, `Ukraine's dead`."""
    floor = max(0, found.start - 40)
    for one in reversed(named):
        if floor <= one.start and one.end <= found.start:
            gap = sentence[one.end : found.start]
            if EVENT.match(gap):
                continue  # "Turkey mine death toll": where, and not whose
            if re.fullmatch(
                r"(?:['’]s?|\s+(?:side|army|forces|military)['’]s)?(?:\s+[a-z-]+){0,2}\s+", gap
            ) and not re.search(
                r"\b(?:and|in|of|said|at|on|for|to|by|have|has|had|were|was|is|are|will|puts?|gave)\b",
                gap,
            ):
                words = key(sentence[found.start : found.end])
                noun = any(form == "name" for _, form in measures().get(words, ()))
                sure = "read" if noun else "inferred"  # "a Libyan family perished": perhaps more
                name = _MANY.get(one.name, one.name)
                return Named(name, one.start, one.end, "people before the word", sure)
    name = _ADJECTIVE.search(sentence, floor, found.start)
    if name and name[1] not in _NO_SIDE and name[1].lower() not in SMALL:
        return Named(name[1], *name.span(1), "name before the word", "inferred")
    match = re.search(
        r"\b((?:the\s+)?(?:enemy|adversary|opponent|other\s+side)(?:['’]s)?|civilian|"
        r"each\s+side['’]s?|both\s+sides['’]?|military)\s+(?:(?!fire|shelling)[a-z]+\s+){0,2}$",
        sentence[floor : found.start],
        re.I,
    )
    if match:
        name = re.sub(r"^the\s+|['’]s?$", "", match[1], flags=re.I)
        name = _MANY.get(name.lower(), name)
        return Named(name, floor + match.start(1), floor + match.end(1), "noun before the word")
    return None


def after_word(found: Found, sentence: str, named: list[Named]) -> Named | None:
    """Return the side behind a measure's noun: `losses of the Red Army`, `deaths among nurses`."""
    link = re.match(
        r"\s+(?:of|among|amongst|by|for|on)\s+(?:the\s+|its\s+)?", sentence[found.end :]
    )
    if not link:
        return None
    words = key(sentence[found.start : found.end])
    if link[0].split()[0] == "by" and "done" in {form for _, form in measures().get(words, ())}:
        return None  # "captured by Hamas": who did it
    at = found.end + link.end()
    for one in named:
        if at <= one.start <= at + 12 and not re.search(r"\d", sentence[at : one.start]):
            whose = _OF_LAND.match(sentence, one.end) if one.rule == "party" else None
            if whose:  # "the armed forces of Velland"
                name = peoples().get(whose[1], whose[1])
                return Named(name, *whose.span(1), "people behind the word", "inferred")
            return Named(one.name, one.start, one.end, "people behind the word")
    start, end, head = noun_phrase(sentence, at - 1)
    if link[0].split()[0] == "of" and head in _REALMS:
        return Named(sentence[start:end], start, end, "people behind the word", "inferred")
    if link[0].endswith(" for the ") and head[:1].isupper() and start + len(head) == end:
        return Named(head, start, end, "people behind the word", "inferred")  # "for the Empire"
    return of_phrase(sentence, start, end, head, named) if head else None


_REALMS = ("Empire", "Republic", "Kingdom", "Union", "Confederacy", "League", "Alliance", "Khanate")
_OF_LAND = re.compile(r"\s+of\s+(?:the\s+)?([A-Z][\w’-]+)")
_EITHER = Needing(
    r"\b(?:on\s+)?((?:each|either)\s+(?:side|army)|both\s+(?:sides|armies)|all\s+sides|two\s+(?:sides|armies))\b",
    re.I,
)
_STOP = re.compile(r"[,;:]")
_OTHER_SIDE = Needing(r"\bon\s+(our(?:\s+own)?\s+side|the\s+(?:[\w’-]+\s+)?side)\b")
_ENEMY = Needing(
    r"\b(?:of|among)\s+(?:the\s+)?(enemy|adversary|opponent|attackers|defenders|invaders)\b", re.I
)


_THOSE = re.compile(r"\b(?:and|but|while)\s+(?:that|those)\s+of\b")  # "and those of the enemy 40"


def around(mention: Mention, sentence: str, stop: int, named: list[Named]) -> Named | None:
    """Return `each side`, `the enemy` behind a number; never guessed who that is."""
    if re.match(r"\s+(?:among|amongst)\s", sentence[mention.end :]):
        found = after_word(Found("", mention.start, mention.end, "", ""), sentence, named)
        if found:
            return found  # "against 75 among the rebels"
    for pattern in (_EITHER, _ENEMY, _OTHER_SIDE):
        end = min(stop, mention.end + 80)
        if pattern is _OTHER_SIDE:  # "against 40,000 on the other side"
            end = min(end, next((m.start() for m in _STOP.finditer(sentence, mention.end)), end))
        match = pattern.search(sentence, mention.end, end)
        if match and not _THOSE.search(sentence, mention.end, match.end()):
            return Named(match[1], *match.span(1), "side behind the number")
    return None


def enemy_after(found: Found, sentence: str) -> Named | None:
    """Return `enemy` of "losses of the enemy"."""
    match = _ENEMY.match(sentence, found.end + 1)
    return match and Named(match[1], *match.span(1), "side behind the word")


def either_side(mention: Mention, sentence: str) -> Named | None:
    """Return `both sides` in front of a number, where the sentence begins with them."""
    clause = max(sentence.rfind(mark, 0, mention.start) for mark in ":;") + 1
    match = _EITHER.search(sentence, clause, mention.start)
    return (
        Named(match[1], match.start(1), match.end(1), "side before the number", "inferred")
        if match
        else None
    )


_GROUPS = re.compile(
    r"\b(?:entire|whole|many|several|countless|numerous)\s+((?:\w+\s+)?\w+s)\b", re.I
)


def subject_group(mention: Mention, sentence: str) -> Named | None:
    """Return `families` of "entire families drowned"."""
    match = _GROUPS.match(sentence, mention.start)
    if not match or key(match[1]) in GENERIC or key(match[1]).endswith(("losses", "casualties")):
        return None
    return Named(match[1], *match.span(1), "noun")


_THEN = re.compile(
    r"(?:\s+(?:has|have|had|may|might|could|would|will|also|itself|already|[a-z]+ly))*\s*"
)


_OF_KIND = re.compile(r"(?:\s[a-z-]+){0,3},")  # "Oryx, a Dutch open-source project,"


def _apposed(sentence: str, one: Named) -> bool:
    """Whether a name only says what somebody is: "a prisoner, a Georgian, says"."""
    led = re.search(r",\san?\s$", sentence[max(0, one.start - 5) : one.start])
    return bool(led and _OF_KIND.match(sentence, one.end))


def subject_of(found: Found, sentence: str, named: list[Named]) -> Named | None:
    """Return who stands before the verb that says `lost`: `Russia has lost 153,770`."""
    clause = max(
        (
            m.end()
            for m in re.finditer(
                r"[;:.]\s|,\s(?:and|but|while)\s|\bthat\s|\bwhile\s|\bbut\s",
                sentence[: found.start],
            )
        ),
        default=0,
    )
    inside = [one for one in named if clause <= one.start and one.end <= found.start]
    inside = [one for one in inside if not _apposed(sentence, one)]
    # "Russia's dead were 400 and Ukraine lost 50": the name that the verb follows on
    for one in sorted(inside, key=lambda one: not _THEN.fullmatch(sentence, one.end, found.start)):
        before = sentence[max(0, one.start - 12) : one.start]
        if not re.search(r"\b(?:[Ii]n|of|[Aa]t|[Ff]rom|[Nn]ear|to|[Oo]n)\s+(?:the\s+)?$", before):
            return Named(one.name, one.start, one.end, "subject", "inferred")
    free = [one for one in inside if not _WHERE.search(sentence, 0, one.start)]
    return Named(free[0].name, free[0].start, free[0].end, "subject", "inferred") if free else None


_WHERE = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Nn]ear|to|from|towards?|across|through)\s+(?:the\s+)?$"
)  # "lost 405 in Gaza": no loser
