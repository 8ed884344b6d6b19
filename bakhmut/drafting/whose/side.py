"""Whose figure it is: the rules for a side, in the order in which they are tried."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bakhmut.drafting.columns import side_label
from bakhmut.drafting.numbers.masked import Mention
from bakhmut.drafting.patterns.needing import Needing
from bakhmut.drafting.phrases import PERSONS, counted, kind_of, noun_phrase
from bakhmut.drafting.said.speakers import PRONOUNS
from bakhmut.drafting.scene import Cell, Scene
from bakhmut.drafting.scope.carried import HEDGING, OF_THINGS, Figure
from bakhmut.drafting.scope.hits import TO_OBJECT, Found, hits
from bakhmut.drafting.scope.placed import in_turn
from bakhmut.drafting.scope.sides import (
    Named,
    after_word,
    around,
    before_word,
    either_side,
    group_of,
    of_noun,
    subject_group,
    subject_of,
)
from bakhmut.drafting.whose.against import (
    favoured,
    in_span,
    ours_or_theirs,
    set_against,
    two_nouns,
    who_loses,
)
from bakhmut.drafting.whose.forces import commander, it, with_force
from bakhmut.drafting.whose.groups import (
    among,
    is_what,
    makes_up,
    more_likely,
    number_of,
    numbering,
    of_which,
    outnumbering,
    whole_of,
    whose_part,
)
from bakhmut.drafting.whose.losers import HURT, loser_of, named_here, sufferer, who_had
from bakhmut.drafting.whose.owners import is_verb, put_at, those_of
from bakhmut.drafting.whose.resumed import carried_side, nearer_side, possessed
from bakhmut.drafting.words import key, last, listed, peoples, window

# "It cost the British Empire some 275,000 casualties."
_COST = Needing(r"\bcost\s+([^.;,\d]{3,40})$", re.I)


# "had inflicted losses of more than 1,200 troops on Ukraine"
_INFLICTED = Needing(r"\binflict(?:ed|ing|s)?\s[^.;]{0,60}$")
_ON = re.compile(r"\s+on\s+(?:the\s+)?$")


def _inflicted_on(scene: Scene, mention: Mention) -> Named | None:
    """Return on whom losses were inflicted, behind their number."""
    if not _INFLICTED.before(scene.text, mention.start):
        return None
    behind = [one for one in scene.named if one.start >= mention.end]
    on = (one for one in behind if _ON.search(window(scene.text, one.start, 8)))
    return next((replace(one, rule="on whom", sure="inferred") for one in on), None)


_AGED = re.compile(
    r"(?:,\s+or\s+(?:about\s+|some\s+)?\d[\d,]*)?(?:,?\s+(?:were|are))?\s+(?:aged\s+)?(under\s+(?:the\s+age\s+of\s+)?(?:\d{1,2}|one|two|five|ten|twelve|fifteen|sixteen|eighteen))\b"
)
_MANY = re.compile(
    r"(?:so\s+)?(?:many(?:,\s+many)?|several|numerous|countless|an?\s+(?:[a-z]+\s+)?number\s+of)(?:\s+of)?(?:\s+(?:our|their|his|her|my|the))?(?=\s)",
    re.I,
)


def side_of(scene: Scene, figure: Figure, before: list[Cell]) -> Cell | None:
    """Return the side by the first rule that finds one; nearest words first."""
    mention, measure, text = figure.mention, figure.measure, scene.text
    out = outnumbering(text, scene.named) if mention.kind == "ratio" else None
    if out and out[1] and not out[0]:
        return None  # "the defenders are outnumbered by five to one": by whom is not said
    if (mine := favoured(scene, mention)) and not mention.above:
        fewer = (mention.value or 0) < 1  # "1:2.5 in Ukraine's favour"
        return scene.cell("side", mine, mine.name, mine.sure) if fewer else None
    if _PRONOUN.before(text, mention.start):
        return None  # "scholars give him four hundred and them six thousand"
    plain = mention.above and _PLAIN.fullmatch(text, *mention.above)
    if plain and mention.rule == "n for each" and (loser := loser_of(scene, figure)):
        return loser  # "Russia has lost one soldier for every five Ukrainians"
    for named in _own_sides(scene, figure):
        if named:
            sure = "inferred" if mention.kind == "ratio" else named.sure
            return scene.cell("side", named, named.name, sure)
    if _OF_WHOM.before(text, mention.start) or _OF_THEM.match(text, mention.end):
        own = [one for one in before if one.field == "side"]  # "since it invaded X, of whom 900"
        if own and mention.kind != "ratio":
            return replace(own[0], rule="of whom", sure="carried")
    if gap := _gapped_subject(scene, mention):
        own = None if figure.carried else measure
        acts = own and own.measure not in _SUFFERED and is_verb(own, mention, text, scene.numbers)
        return None if acts or _doing(scene, before) else gap
    if loser := loser_of(scene, figure):
        return nearer_side(scene, loser, mention, before) or loser
    of_whom = measure and not figure.carried and mention.kind in ("ratio", "vague")
    if of_whom and mention.kind == "ratio" and _kills(scene, measure):
        of_whom = False  # "the army had killed 14,000 and 16,000, a ratio of one to one"
    # "A NATO official put the ratio of losses at five to one": who says so has none of them
    named = subject_of(measure, text, scene.named) if measure and of_whom else None
    if named and not (mention.kind == "ratio" and scene.speaks_at(named.start)):
        return scene.cell("side", named, named.name, named.sure)
    if mention.above and mention.below and (two := two_nouns(scene, mention.above, mention.below)):
        return scene.cell("side", two[0], two[0].name, "inferred")
    return carried_side(scene, figure, before) or _men(scene, figure) or named_here(scene, figure)


def _kills(scene: Scene, measure: Found | None) -> bool:
    """Whether a measure is a verb with a number for its object: whoever does it lost nobody."""
    end = measure.end if measure and measure.measure not in _SUFFERED else -1
    doing = any(hit.end == end and "doing" in hit.forms for hit in hits(scene.text))
    return doing and any(TO_OBJECT.fullmatch(scene.text, end, at) for at in scene.numbers)


_PERSONS = ("men", "man", "villagers", "residents", "inhabitants", "citizens", "locals")


def _men(scene: Scene, figure: Figure) -> Cell | None:
    """Return `men`, where nothing else says who they are: "Three men were arrested"."""
    start, end, head = counted(scene.text, figure.mention)
    strong = figure.measure and figure.measure.measure == "strength"
    counts = figure.mention.kind == "count" and figure.mention.value  # "Not a man lost"
    if key(scene.text[start:end]) not in _PERSONS or not counts or strong:
        return None
    return scene.cell("side", Named(head, start, end, "noun", "inferred"), head, "inferred")


_OF_WHOM = Needing(rf",\s+(?:and\s+)?of\s+whom\s+{HEDGING}$")
_OF_THEM = re.compile(r"\s+of\s+them\b(?!\s+of\b)")
_PRONOUN = Needing(
    rf"\b(?:g[ai]ve|gives|allow(?:s|ed)?|and|or|but)\s+(?:him|her|them|us|it)\s+{HEDGING}$"
)
_PLAIN = re.compile(
    r"\s*(?:of\s+(?:its|their)\s+)?(?:soldiers?|men|man|lives|troops|servicem[ea]n)\s*"
)
_MEMBERS = re.compile(
    r"\s+members?\s+of\s+(?:(?:the|its|their|an?)\s+)?((?:[\w’-]+\s+)?[\w’-]+)(?=\s*(?:[,.;:)]|$|\s(?:were|was|had|have|and|in|at|on|since|died)\b))"
)
_WHOM = re.compile(rf"\b[Tt]he\s+([a-z]+s),\s+of\s+whom\s+{HEDGING}$")
_CREW_OF = Needing(
    r"\b(?:an?|its|his|her|the|my|our|their)\s+((?:own\s+)?(?:crew|family|team|patrol|household))\s+of\s+(?:(?:about|some|nearly|over)\s+)?$"
)


def _own_sides(scene: Scene, figure: Figure) -> Iterator[Named | None]:
    mention, measure, text = figure.mention, figure.measure, scene.text
    if mention.kind == "ratio":
        out = outnumbering(text, scene.named)
        yield out[0] if out else None
        if mention.rule == "for each, n" and mention.below:  # "for each of ours, Russia loses five"
            yield who_loses(scene, mention.below, mention.end)
        if mention.above:
            yield in_span(scene, mention.above)
            yield ours_or_theirs(scene, mention.above)
        yield more_likely(mention, text)[0]
        yield number_of(mention, text, scene.named)
        if measure and not figure.carried and measure.end <= mention.start:
            yield after_word(measure, text, scene.named)  # "casualties on the Russian side are"
            yield before_word(measure, text, scene.named) if mention.rule == "times" else None
        return
    if cost := _COST.before(text, mention.start):
        at = min(90, mention.start)
        at = mention.start - at
        yield set_against(scene, (at + cost.start(1), at + cost.end(1)), whose=True)
    if members := _MEMBERS.match(text, mention.end):
        yield Named(members[1], *members.span(1), "members of")
    yield possessed(mention, text)
    yield those_of(scene, mention)
    if crew := _CREW_OF.before(text, mention.start):  # "a crew of 16"
        at = mention.start - len(window(text, mention.start))
        yield Named(crew[1], at + crew.start(1), at + crew.end(1), "a crew of", "inferred")
    yield _inflicted_on(scene, mention)
    yield put_at(scene, mention)
    turn = in_turn(mention, text, scene.numbers)
    yield replace(turn, name=peoples()[turn.name]) if turn and turn.name in peoples() else None
    yield makes_up(mention, text, scene.named)
    if measure and measure.measure == "strength":
        yield with_force(mention, text, scene.named)
    what = is_what(mention, text, scene.named)
    yield replace(what, sure="inferred") if what else of_noun(mention, text, scene.named)
    if measure is None or measure.measure not in OF_THINGS:
        yield group_of(mention, text, None if figure.carried else measure)
    yield whose_part(mention, text, scene.named)
    yield among(mention, text, scene.named)
    if mention.kind == "share":
        yield whole_of(mention, text, scene.named)
        yield of_which(mention, text, scene.named)
    elif key(counted(text, mention)[2]) in ("", "men"):
        yield of_which(mention, text, scene.named)
    if mention.rule == "many" and (many := _MANY.match(text, mention.start, mention.end)):
        counted_so = replace(mention, end=many.end(), kind="count", value=2)
        yield of_noun(counted_so, text, scene.named) or group_of(counted_so, text, None)
    if whom := _WHOM.search(text, 0, mention.start):  # "The civilians, of whom a million died"
        yield Named(whom[1], *whom.span(1), "of whom") if kind_of(whom[1]) in PERSONS else None
    if aged := _AGED.match(text, mention.end):  # "85,000 under the age of five"
        yield Named(aged[1], *aged.span(1), "age")
    yield numbering(mention, text) or number_of(mention, text, scene.named)
    yield around(mention, text, scene.next_number(mention), scene.named)
    if measure and measure.measure in HURT:
        yield who_had(mention, text, scene.named)
    if measure and not figure.carried:
        if mention.kind == "vague":
            yield sufferer(mention, text, scene.named)
        if not is_verb(measure, mention, text, scene.numbers):
            # "two of its soldiers and 14 insurgents died": whom another number counts
            others = [at for at in scene.numbers if at >= mention.end]
            own = [one for one in scene.named if not any(at <= one.start for at in others)]
            own = own if measure.start > mention.end else scene.named
            # "its dead at 54 and Turkish dead at 71"
            if not _CLAUSE.search(text, mention.end, max(mention.end, measure.start)):
                yield before_word(measure, text, own) or _owner(measure, text)
        if mention.end <= measure.start or measure.end <= mention.start:
            yield after_word(measure, text, scene.named)
        if mention.kind == "vague":
            yield subject_group(mention, text)
        else:
            yield _of_losses(scene, mention)
    yield either_side(mention, text)
    yield side_label(text)
    if measure and measure.rule == "men of a force":
        leads = it(text, mention, scene.named) or commander(text, mention)
        yield None if leads and scene.speaks_at(leads.start) else leads


_CLAUSE = re.compile(r"[,;]|\b(?:and|but|while)\b")
_OWNER = re.compile(r"\b([A-Z][\w-]+)['’]s\s+(?:own\s+)?$")


def _owner(measure: Found, text: str) -> Named | None:
    """Return a name that has losses, where no table has it: "Blue's losses"."""
    if key(text[measure.start : measure.end]) not in ("losses", "casualties"):
        return None
    match = last(_OWNER, text, (0, measure.start))
    return Named(match[1], *match.span(1), "whose losses", "inferred") if match else None


# ", the rebels about 30 fighters": who else, with the verb left out.
_NEXT_PARTY = re.compile(
    r"(?:,|;|\band\b)\s+(?:and\s+|but\s+)?(?:the\s+)?(?:[\w’-]+\s+){1,2}?"
    r"(?:(?:about|some|around|over|nearly|almost|at\s+least|more\s+than|up\s+to|only)\s+)*$"
)


_CROWNED = ("king", "emperor", "sultan", "tsar", "duke", "crown", "shah")
_NEXT_NOUN = re.compile(
    rf"(?:,|;|\b(?:and|but|while)\b)\s+(?:and\s+|but\s+)?(?:the|our\s+own|its\s+own|their\s+own)\s+"
    rf"((?:[\w’-]+\s+)?[\w’-]+),?\s+(?:perhaps\s+|another\s+)?{HEDGING}$"
)


def _of_losses(scene: Scene, mention: Mention) -> Named | None:
    """Return whose losses a number is said of: "Enemy losses were put at 340 killed"."""
    floor = max((end for end in scene.ends if end <= mention.start), default=0)
    floor = max(floor, scene.text.rfind(";", 0, mention.start))
    for hit in reversed(hits(scene.text)):
        if floor <= hit.start < mention.start and hit.words in ("losses", "casualties", "dead"):
            word = Found(hit.measure, hit.start, hit.end, "", "")
            side = before_word(word, scene.text, scene.named) or _owner(word, scene.text)
            return side or after_word(word, scene.text, scene.named)
    return None


def _doing(scene: Scene, before: list[Cell]) -> bool:
    """Whether the figure before has a verb of what its subject did: "the rebels killed 19"."""
    off = scene.sentence.start
    own = {cell.field: cell for cell in before}
    measure, number = own.get("measure"), own.get("number")
    lost = measure is not None and measure.value.endswith(" lost")  # "136 aircraft"
    if not measure or not number or lost or measure.value in _SUFFERED or measure.sure == "carried":
        return False
    word = Found(measure.value, measure.start - off, measure.end - off, "", "")
    at = Mention(number.start - off, number.end - off, "count", "", "", "")
    return is_verb(word, at, scene.text, scene.numbers)


_SUFFERED = ("lost", "losses", "casualties", "strength")


_PUTS_AT = Needing(r"\b(?:puts?|estimates?|reckons?)\b[^.;]*\bat\b[^.;]*,\s+[A-Z]\w+\s+at\s+$")
_ITS_OWN = re.compile(r"(?:\band|,|\bwhile)\s+((?:its|their|his)\s+own(?:\s+[a-z]+)?)\s+$")


def _gapped_subject(scene: Scene, mention: Mention) -> Cell | None:
    """Return who stands between the number before and this one: "and France over 200,000"."""
    ends = [one for one in scene.ends if one <= mention.start]
    if not ends:
        return None
    start, end, head = counted(scene.text, mention)
    ours = kind_of(scene.text[start:end]) in ("soldiers", "anybody")
    gap = scene.text[ends[-1] : mention.start]
    if theirs := _ITS_OWN.search(gap):  # "the defenders lost 200 men and its own forces eleven"
        at = ends[-1] + theirs.start(1)
        spoke = [one for one in scene.voices if one.last <= mention.start]
        named = Named(theirs[1], at, at + len(theirs[1]), "its own", "inferred")
        document = spoke and key(spoke[-1].name).split()[-1] in listed("words of a count")
        if spoke and not document and key(spoke[-1].name) not in PRONOUNS:
            named = replace(named, name=spoke[-1].name)
        return scene.cell("side", named, named.name, "carried")
    if _PUTS_AT.search(scene.text, 0, mention.start) and gap.endswith(" at "):
        return None  # "Seoul puts the force at 11,000, Ukraine at 12,000": who says so
    own = re.search(r"\bof\s+(?:its|their|his)\s+own\b", scene.text[mention.end : mention.end + 14])
    if own or (re.search(r"\blos(?:t|ing|es)\b", gap) and not re.search(r",|;|\bwhile\b", gap)):
        return None
    if head and not (ours and _NEXT_PARTY.search(scene.text, ends[-1], mention.start)):
        return None
    if (other := _NEXT_NOUN.search(scene.text, ends[-1], mention.start)) and (
        other[1].isupper()
        or other[1][0].isupper()
        or kind_of(other[1]) in ("soldiers", "group")
        or other[1] in _CROWNED
    ):  # "The attackers lost six men, the soldiers two"
        known = [one for one in scene.named if other.start(1) <= one.start < other.end(1)]
        named = known[0] if known else Named(other[1], *other.span(1), "next to lose", "inferred")
        return scene.cell("side", named, named.name, "inferred")
    inside = [one for one in scene.named if ends[-1] <= one.start and one.end <= mention.start]
    # "killed 1,000 Russian soldiers and lost 130": whom the number before counts is no subject
    counts = max(ends[-1], noun_phrase(scene.text, ends[-1])[1])
    inside = [one for one in inside if one.end > counts]
    inside = [one for one in inside if not scene.speaks_at(one.start)]
    if (
        inside
        and (len(gap) < 70 or _NEXT_PARTY.search(scene.text, ends[-1], mention.start))
        and not re.search(
            r"\b(?:in|at|from|near|by|to|into|across|throughout|inside|around|over|off|on|outside|along|through|via|towards?)\s+(?:the\s+)?(?:[a-z-]+\s+)?(?:[A-Z]\w+\s+and\s+)?$",
            scene.text[ends[-1] : inside[-1].start],
        )
    ):
        return scene.cell("side", inside[-1], inside[-1].name, "inferred")
    return None
