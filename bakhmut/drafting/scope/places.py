"""Where: the place of a figure, as its sentence words it.

A name behind a preposition (`in the town of Velm`), a common place with its article (`the northern
province`), a label, or the country that reports (`Guinea reported 14 cases`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bakhmut.drafting.numbers.masked import MONTHS
from bakhmut.drafting.patterns.led import Led
from bakhmut.drafting.patterns.needing import Needing
from bakhmut.drafting.scope.hits import hits
from bakhmut.drafting.scope.sides import EVENT, Named
from bakhmut.drafting.words import (
    SENTENCES,
    any_of,
    capitals,
    listed,
    people_pattern,
    peoples,
    persons,
    territories,
)

CAP = r"(?:(?:al|el|as|ash|ar|ad|az|at)-)?[A-ZÀ-Þ][\w’'-]*"
NAMES = rf"{CAP}(?:\s+(?:(?:of|and|el|al|de|la|upon)\s+)?{CAP}){{0,3}}"
HEADS = any_of("common places")
_WHERE = r"(?:north|south|east|west|north-?east|north-?west|south-?east|south-?west|centre|center)"
_SIDE_OF = rf"(?:{_WHERE}(?:ern)?|central|coastal|upper|lower|greater|inner|outer)"
_AT = (
    r"(?:in\s+the\s+(?:capture|fall|storming|defen[cs]e|liberation|recapture|relief|seizure|sack|retaking|invasion|occupation)\s+of|in|into|at|near|around|off|reported\s+from|(?:admitted|taken|rushed|airlifted|flown|brought)\s+(?:dead\s+|alive\s+)?to|"
    r"(?:displaced|driven|expelled|evacuated|uprooted|forced|deported)\s+from|left|(?:attacks?|strikes?|raids?|assaults?|"
    r"offensive|shelling|bombing|bombardment)\s+(?:on|of)|fled|fleeing|flee|from|outside|across|throughout|through|on|inside|along|within|beside|out\s+of|"
    rf"over|of|{_WHERE}\s+of|(?:battle|(?<!to\s)fight|siege|struggle|bloodbath|battles|fighting)\s+(?:for|of))"
)
# "stormed the village": what is struck is where it happened.
_STRIKING = (
    r"(?:(?:defend|attack|storm|shell|besieg|hold|bomb|pound|hit|strik|rock|shak|batter|"
    r"devastat|flood|ravag|sweep|engulf|target|raid|bombard|reach|enter)(?:s|ed|es|ing|e|ting)?|struck|shook|"
    r"swept(?:\s+through)?|held|(?:captur|seiz|liberat|retak)(?:e|es|ed|ing)|retook)"
)
_TAKING = re.compile(r"(?i:defend|storm|besieg|shell|pound|bombard|captur|seiz|liberat|reta|reto)")
_PLACE = re.compile(
    rf"(?<!['’])\b(?i:({_AT}|{_STRIKING}))\s+(?:all\s+of\s+)?(?:(?:the|its|this)\s+[a-z]+['’]s\s+|(?:general|border)\s+area\s+)?((?:the\s+|an?\s+)?(?:(?:two|three|four|five|six)\s+)?(?:(?:{_SIDE_OF}\s+)?(?:{CAP}\s+)?(?:{_SIDE_OF}\s+)?(?:{HEADS})\s+of\s+)?"
    rf"(?:(?:{_SIDE_OF}|whole|entire|neighbou?ring|adjoining|adjacent|besieged|occupied|nearby|rebel-held|"
    rf"government-held)\s+)*(?:(?:river|mount|fort|lake)\s+)?{NAMES}(?:\s+(?:{HEADS})s?\b)?)"
)
_COMMON = re.compile(
    rf"\b({_AT}|{_STRIKING})\s+((?:the|an?|its|this|that|our|my|their|his|her)\s+"
    rf"(?:(?!(?:and|or|of|in|at|to|with|who|for|from|during|by|against|after|before|under|while|when|between|since|until|as|on|near|first|last|opposite|next|past|other|end|public|private|two|three|four|"
    rf"five)\b|\w+['’]s\b)[a-z][\w’'-]*\s+){{0,3}}?(?:{HEADS}))\b(?!\s+of\b|['’]s|\s+(?:wing|ranks?|rows?|pages?|door|gate|tower|side|bank)\b|\s+(?:{HEADS})\b|\s+(?:battles?|fighting|offensive|forces|troops|war|operations?|combat|assault|office|laborator\w+|media|television|agency|"
    rf"government|police|council|authorit\w+|minist\w+|chief|service|side|line|officials?)\b)",
    re.I,
)
_BEGINS = (
    "in into at near around off reported admitted taken rushed airlifted flown brought left "
    "fled fleeing flee from outside across throughout through on inside along within beside over "
    "of displaced driven expelled evacuated uprooted forced deported battle battles fight fighting "
    "siege struggle bloodbath offensive shelling bombing bombardment held struck shook swept "
    "retook north south east west centre center northeast northwest southeast southwest"
)
_STEMS = (
    "attack strike raid assault defend storm shell besieg hold bomb pound hit strik rock shak "
    "batter devastat flood ravag sweep engulf target bombard reach enter captur seiz liberat retak"
)
_PLACES = Led(_PLACE, _BEGINS, stems=_STEMS)
_COMMONS = Led(_COMMON, _BEGINS, stems=_STEMS)
_MANY_IN = re.compile(r"(?i:\d|\b(?:one|two|three|four|five|six|seven|eight|nine))\s+$")
_SO_MANY = Needing(
    r"\b(?:of\s+|(?:[Ii]n|[Aa]t|[Aa]cross|[Tt]hroughout|(?:scattered|spread)\s+over)\s+(?:the\s+)?)((?!(?:the|its|other|these|those|their|all|them|whom|which)\b)(?:[a-z]+|\d+)\s+(?:of\s+(?:the|its)\s+)?(?:\w+\s+)?"
    r"(?:localities|sectors|ports|sites|hospitals|schools|prisons|clinics|districts|provinces|regions|states|villages|towns|cities|countries|counties|camps|"
    r"municipalities|departments|islands))\b"
)
_ADVERB = Needing(
    r"\b((?<!and\s)elsewhere|nationwide|worldwide|countrywide|statewide|abroad|overseas|at\s+sea|"
    r"(?:across|around)\s+the\s+(?:world|globe)|globally)\b",
    re.I,
)
_OWNER = re.compile(
    rf"\b(?i:in|at|near|through|outside|around|across|on|off|along)\s+({CAP})['’]s\s+"
    rf"(?:(?!(?:and|of|in)\b)[\w-]+\s+){{0,2}}?({HEADS})\b"
)
_IN_NAMED = re.compile(rf"\b(?:in|at|near|outside|on)\s+({CAP})['’]s\s+")
_DEED = re.compile(
    r"(?:\w+\s+){0,2}?(?:campaign|war|attacks?|offensive|invasion|raids?|strikes?|custody|captivity|hands|assault|army|"
    r"ranks|operation|response|bombardment|shelling|(?:\w+\s+)?(?:survey|report|study|list|count|census)|history|favou?r|view|statement|figures?)\b"
)
_IN_A = re.compile(r"\b(?:in|at|near|on|outside)\s+an?\s+([A-ZÀ-Þ]\w+)\s+[a-z]")
_CITY_OF = Needing(
    rf"\b(?:approach(?:es)?\s+to|(?:whole|rest|departments?|municipality|neighbou?rhood|commune|governorate|oblast|county|valley|parish|areas?|parts|outskirts|suburbs|city|town|village|hamlet|port|island|suburb|region|province|district|camp)\s+of)\s+"
    rf"({CAP}(?:\s+{CAP}){{0,2}})"
)
_REPORTS = Needing(
    rf"(?:^|[,;:]\s(?:and\s|while\s|but\s)?|\s(?=the\s)|\sthat\s)((?:[Tt]he\s+(?:[a-z]+\s+)?(?:{HEADS})|{CAP}['’]s\s+(?:[a-z-]+\s+){{0,2}}(?:{HEADS})|{CAP}(?:\s+{CAP}){{0,2}}(?:\s+(?:{HEADS}))?))(?:\s+alone|,\s+which(?:\s+last\s+\w+)?)?"
    r"\s+(?:has\s+|have\s+|had\s+)?(?:lost(?=\s+(?:(?!of\b)\S+\s+){1,4}?(?:people|persons|lives|children|residents|patients)\b)|recorded|reported|registered|confirmed|saw|seen|counted|"
    r"logged|(?:now\s+)?hosts?|hosted|shelters|reports|records|buried|received|admitted|treated|took\s+in|taken\s+in|(?:c[ao]mes?\s+(?:first|second|third|next|last),?|follow(?:s|ed)|(?:remains?|is|was)\s+the\s+(?:worst|most|hardest)[\w\s-]{0,30},)(?=\s+with)|(?:is|was)\s+(?:first|second|third|next|last)[:,]|had(?=\s+(?:[\w,.]+\s+){1,3}?(?:cases|deaths|infections|fatalities)\b)|accounts?\s+for|accounted\s+for)\s"
)
KIND = r"\s(?:town|city|village|camp|district|county|province|region|state|area|island)"
LABEL = re.compile(rf"\W*({CAP}(?:\s+(?:of\s+|and\s+)?{CAP}){{0,4}}(?:{KIND})?)\s*[:–—|]\s")
_PLACE_NOUN = re.compile(
    r"\b(?:Hospital|Infirmary|Clinic|Prison|Camp|Barracks|Airport|Province|Region|District|Area|County|State|Oblast|City|Island|Governorate|"
    r"Department|Territory|North|South|East|West|Northern|Southern|Eastern|Western|Central)\b"
)
_ORIGIN = {  # "46 people of Guinea", "rescuers from Spain": whence they are
    "of": re.compile(
        r"\b(?:people|men|women|nationals|tourists|workers|soldiers|one|fighters)\s+$"
    ),
    "from": re.compile(rf"\b(?:one|nationals|migrants|{'|'.join(sorted(persons()))})\s+$", re.I),
}
_NAMED_PLACE = re.compile(rf"\w\s+(?:{_PLACE_NOUN.pattern})$")
NOT_PLACE = re.compile(
    rf"^(?:{MONTHS}|Mon|Tues|Wednes|Thurs|Fri|Satur|Sun|Easter|Christmas|New\s+Year|Ramadan|The|It|He|She|"
    r"They|This|That|There|Another|We|GMT|I|Summary|Bulletin|Article|Covid|World\s+War|Day|Operation|Telegram|Twitter|Facebook|Instagram|"
    r"X$|(?!DRC|UAE|USA|UK)[A-Z]{3,6}$|(?:MINUTES|SECONDS|HOURS|DAYS|WEEKS|MONTHS)$|West$|Red\s+C|Battlegroup|Battle\s+Group|Telegraph|Tsar|Czar|King|Queen|Emperor|Kaiser|Sultan|Pope|President|Parliament|Congress)(?:day)?\b|^\d|.*\s(?:Journal|Times|Post|Guardian|Telegraph|Herald|Tribune|Gazette|Chronicle|Observer|Independent|Economist)$|.*\b(?:Crackdown|Attacks?|Strikes?|Crash|Clash(?:es)?|Protests?|Monitor|Terror|Revolution|Massacre|Uprising|Famine|Holocaust|War|Diary|Gazette|Morning|Night|Evening)$|.*-(?:led|backed|run|held|controlled|based|born|made|speaking)$"
)
_OF_SOMEBODY = re.compile(
    r"['’]s\b|\s+(?:forum|summit|conference|meeting|talks|press|newspaper|government|"
    r"army|agreement|accords?|police|ministry|officials?|war|conflict|border)\b"
)
_LAND = re.compile(
    r"\b(?:street|market|avenue|lane|row|hill|quay|square|axis|sector|heights|front|route|road|island|river|sea|border|bridge|peninsula|ridge|beach|coast|lake|mount|mountain|"
    r"strait|highway|motorway|canal|gulf|capital|valley|city|town|village|province|region|district|camp|country|roads?|ground|ports?)\b",
    re.I,
)


@lru_cache(maxsize=SENTENCES)
def places(sentence: str) -> list[Named]:
    """Return the places named in a sentence: `Velm`, `northern province`, `nationwide`."""
    found = [
        *_named(sentence),
        *_having(sentence),
        *_possessed(sentence),
        *_common(sentence),
        *_between(sentence),
        *_labelled(sentence),
    ]
    found += [one for one in _of_event(sentence) if all(one.start != had.start for had in found)]
    return found


# "between the river Lisna and the Orel heights"
_BETWEEN = re.compile(
    rf"(?<!confrontation\s)(?<!clash\s)(?<!clashes\s)(?<!fight\s)(?<!battle\s)(?<!feud\s)(?<!war\s)\bbetween\s+((?:the\s+)?(?:[a-z]+\s+(?:of\s+)?)?({CAP}(?:\s+{CAP})?)\s+and\s+(?:the\s+)?(?:[a-z]+\s+(?:of\s+)?)?"
    rf"({CAP}(?:\s+{CAP})?)(?:\s+(?:{HEADS}|heights))?)"
)
# "The square that some 40,000 people had filled"
_WHERE_THEY = re.compile(
    rf"(?<!of\s)\b((?:{CAP}\s+){{0,3}}{CAP}|(?<=[Tt]he\s)(?:[a-z]+\s+)?(?:{HEADS})),\s+where\s+"
)
_FILLED = Needing(rf"\b[Tt]he\s+({HEADS})\s+(?:that|which|where|in\s+which)\s+(?=(?:[a-z]+\s+)?\d)")


def _between(sentence: str) -> Iterator[Named]:
    for match in _BETWEEN.finditer(sentence) if "between" in sentence else ():
        names = match.group(2, 3)
        if not any(NOT_PLACE.match(one) or one in peoples() for one in names):
            yield Named(match[1], *match.span(1), "place between", "inferred")
    for match in _FILLED.finditer(sentence):
        yield Named(match[1], *match.span(1), "common place", "inferred")
    for match in _WHERE_THEY.finditer(sentence) if ", where " in sentence else ():
        if not NOT_PLACE.match(match[1]) and not is_people(match[1]):
            yield Named(match[1], *match.span(1), "place where", "inferred")


# "Gaines County still carries 191 cases": a place that has them.
_HAS = Needing(
    rf"(?:^\W*|[.;,]\s|\b(?:and|while|where|that)\s)((?!The\s+[a-z])(?:{CAP}\s+){{1,3}}(?:County|Province|District|State|Region|"
    r"Oblast|Governorate|Prefecture|Parish|LGA|county|province|district|state|region|prefecture)),?\s+(?:[A-Z][\w.]+,\s+)?(?:(?:still|also|alone|now)\s+)?"
    r"(?:(?:remains?|is|was)\s+(?:the\s+)?(?:worst|hardest)[\s-](?:hit|affected)|has|had|carries|carried|reports|reported|records|recorded|counts|counted|saw|sees)\b"
)
# "Yancey County death toll revised down to 11"
_TOLL = Needing(
    rf"\b((?:{CAP}\s+){{1,2}}(?:County|Province|District|State|Region|Oblast))\s+(?:[a-z]+\s+)?(?:toll|deaths|cases)\b"
)
# "The municipal hospital, she added, has 27 wounded soldiers in its care"
_HOLDS = Needing(
    r"\b[Tt]he\s+((?:[a-z-]+\s+)?(?:hospital|clinic|prison|jail|camp|shelter|morgue))(?:,\s+(?:he|she|they|it)\s+[a-z]+,)?"
    r"\s+(?:now\s+|still\s+)?(?:ha[sd]|holds|held|houses|housed)\s+(?=(?:[a-z]+\s+){0,3}\d)"
)


def _having(sentence: str) -> Iterator[Named]:
    for match in _HAS.finditer(sentence):
        yield Named(match[1], *match.span(1), "place that has")
    for pattern, rule in ((_TOLL, "place of the toll"), (_HOLDS, "place that has")):
        for match in pattern.finditer(sentence):
            yield Named(match[1], *match.span(1), rule, "inferred")


def _named(sentence: str) -> Iterator[Named]:
    for match in _PLACES.finditer(sentence):
        name = re.sub(rf"^the\s+(?=(?:{_SIDE_OF}\s+)?(?:{HEADS})\s+of)", "", match[2])
        name = re.sub(_TOWN_OF, "", name)
        name = re.sub(r"['’]s?$|^(?:the\s+)?(?:whole|entire)\s+", "", name)
        bare = re.sub(r"^(?:the|an?)\s+", "", name)
        start = match.start(2) + match[2].find(name)
        led = match.start() == 0 and " " in bare and bare not in territories()
        if led and _DID.match(sentence, match.end()):
            bare = bare.rsplit(" ", 1)[0]  # "In the Falklands Britain lost 255"
        if NOT_PLACE.match(bare) or is_people(re.sub(r"^(?:two|three|four|five|six)\s", "", bare)):
            continue
        at, alone = match[1].lower(), sentence.startswith(" alone", match.end())
        if at in _ORIGIN and not alone and _ORIGIN[at].search(sentence, 0, match.start()):
            continue
        before = sentence[: match.start()]
        if before.endswith(("part ", "capital ", "president ")) or _SPOKE.search(before):
            continue  # "itself a part of Yugoslavia", "he said at the airport"
        land = bare in territories() or _LAND.search(bare) or alone  # "from Friuli alone"
        if at in ("of", "from", "on", "over", "by", "towards", "toward") and not land:
            continue
        struck = not re.fullmatch(_AT, match[1], re.I)
        lands = all(one in territories() or one in capitals() for one in bare.split(" and "))
        taken = _TAKING.match(match[1]) and " " not in bare  # "to capture Bakhmut"
        if struck and not (lands or taken or _LAND.search(bare)):
            continue
        if bare.isupper() and len(bare) <= 6 and bare not in ("UK", "US", "USA", "DRC", "UAE"):
            continue
        owned = match[2].endswith(("'s", "’s")) and _NOT_THERE.match(sentence, match.end())
        if owned or re.search(r"['’]\s", name):
            continue  # "in Hamas' attacks"
        if not _OF_SOMEBODY.match(sentence, match.end()):
            yield Named(bare, start, start + len(name), f"place after {match[1].lower()}")


_DID = re.compile(
    r"\s(?:lost|had|has|knew|puts?|claim(?:s|ed)|sa(?:ys|id)|killed|suffered|counted)\s"
)
_SPOKE = re.compile(
    r"\b(?:said|told\s+(?:reporters|journalists|a\s+[a-z]+)|speaking|spoke|reporters|journalists|briefing|"
    r"researchers|scientists|economists|demographers|analysts|scholars|historians|academics|experts)\s$"
)
# "in Moscow's campaign", "a third of Russia's."
_NOT_THERE = re.compile(rf"\s{_DEED.pattern}|(?!\s\w)")
# "the Ukrainian city of Bakhmut" is Bakhmut; "the Ukrainian village" stays as it is.
_TOWN_OF = re.compile(
    r"^(?:the\s+)?(?:\w+\s+)?(?:[A-Z][\w.]+\s+(?:\w+\s+)?)?(?:town|city|village|port|island|suburb|state|hamlet|resort|community)\s+of\s+|"
    r"^[A-Z][\w.]+\s+(?=\w*\s*(?:region|province|district|county)\s+of\s)"
)


def is_people(name: str) -> bool:
    """Whether a name is of a people or side, and of no place besides."""
    land = name in territories() or name in ("Gaza", "Karabakh", "Tigray")
    return name in peoples() and not land


def _possessed(sentence: str) -> Iterator[Named]:
    owned = "’s" in sentence or "'s" in sentence
    for match in _OWNER.finditer(sentence) if owned else ():
        start, end = match.start(1), match.end(2)
        yield Named(sentence[start:end], start, end, "place of what is there")
    for match in _IN_NAMED.finditer(sentence) if owned else ():
        there = match[1] in capitals() or match[1] in territories()
        if there and not _DEED.match(sentence, match.end()):  # and not "in Moscow's campaign"
            yield Named(match[1], *match.span(1), "place of what is there")
    for match in (one for one in _IN_A.finditer(sentence) if one[1] in capitals()):
        yield Named(match[1], *match.span(1), "place of what is there")
    for match in (one for one in _CITY_OF.finditer(sentence) if not NOT_PLACE.match(one[1])):
        yield Named(match[1], *match.span(1), "place after of", "inferred")


_A_PERSON = re.compile(r"\ban?\s+(?:[a-z-]+\s+)?[a-z-]+\s+$")
_OWNED = re.compile(r"^(?:the|an?|its|this|that|our|my|their|his|her)\s+(?:whole\s+|entire\s+)?")


def _common(sentence: str) -> Iterator[Named]:
    for match in _COMMONS.finditer(sentence):
        at = match[1].lower()
        if at == "over" or (at in ("of", "from", "on", "off") and not _LAND.search(match[2])):
            continue  # "came over the ridge"
        guard = {"from": _A_PERSON, "at": _SPOKE}.get(at)
        if guard and guard.search(sentence, 0, match.start()):
            continue  # "a driver from the capital": whence one is; "said at the airport"
        if match[2].endswith(("border", "mine")) and not re.fullmatch(_AT, at):
            continue  # "struck a mine"
        name = _OWNED.sub("", match[2])
        rule = "common place after of" if at == "of" else "common place"
        rule = "common place after a" if match[2][:2] in ("a ", "an") else rule
        yield Named(name, match.end(2) - len(name), match.end(2), rule, "inferred")
    for match in _SO_MANY.finditer(sentence):
        if not _MANY_IN.search(sentence, 0, match.start()):  # "nine in ten schools"
            yield Named(match[1], *match.span(1), "common place", "inferred")
    for match in _ADVERB.finditer(sentence):
        yield Named(match[1], *match.span(1), "common place", "inferred")


# "Noto quake toll tops 200", "the Agadir quake of 1960"
_EVENT_AT = Needing(
    rf"(?:^|\b(?:[Tt]he|[Ii]n|[Aa]fter|[Ff]rom|[Oo]f|:)\s+)((?!The\b|An?\b|Anti-|Enemy\b|Friendly\b|Hostile\b){CAP}(?:\s{CAP})?)(?:\s+(?:barracks|hospital|factory|mine|prison|bus|train|hotel|hooch))?"
    r"\s+(?:quakes?|earthquake|floods?|flooding|fires?|blaze|blasts?|explosions?|bombings?|raid|landslide|mudslide|crash|collapse|"
    r"shooting|stampede|outbreak|unrest|protests?|riots?|tragedy|disaster|wildfires?|cyclone|derailment|avalanche|(?:air\s?)?strikes?|airstrikes?|attacks?|shelling|clashes|battle|siege|massacre|ferry\s+disaster|shipwreck)\b"
)
_CONTINENTS = ("Africa", "Europe", "Asia", "Latin America", "EU")
_CARE = ("hospital", "clinic", "prison", "camp", "lga")  # "CBCA Ndosho hospital admitted 108"
_TO_THEIR_FIRE = re.compile(r"\b(?:to|by|under|from)\s+$")
_NO_NAMES = listed("common places") | listed("what happens somewhere")


def _of_event(sentence: str) -> Iterator[Named]:
    """Yield the country in front of what happened there: "Turkish mine blast toll"."""
    for match in people_pattern().finditer(sentence) if EVENT.search(sentence) else ():
        name = peoples()[" ".join(match[0].split())]
        by = _TO_THEIR_FIRE.search(sentence, max(0, match.start() - 9), match.start())
        if name in territories() and EVENT.match(sentence, match.end()) and not by:
            yield Named(name, *match.span(), "country of what happened", "inferred")
    for match in _EVENT_AT.finditer(sentence):
        common = match[1].lower() in _NO_NAMES
        if (
            not common
            and match[1] not in peoples()
            and not NOT_PLACE.match(match[1])
            and not hits(match[1])
        ):
            yield Named(match[1], *match.span(1), "place of what happened", "inferred")


def _labelled(sentence: str) -> Iterator[Named]:
    label = LABEL.match(sentence)
    if label and not hits(label[1]):
        land = label[1] in territories() or label[1] in capitals()  # "Kyiv: ..." may speak
        if land or _PLACE_NOUN.search(label[1]):
            yield Named(
                label[1], *label.span(1), "label of the line", "inferred" if land else "read"
            )
    for match in _REPORTS.finditer(sentence):
        name = re.sub(r"^(?:[Tt]he|[Nn]eighbouring|[Nn]earby)\s+", "", match[1])
        last_one = name.split()[-1].lower()
        people = is_people(name) or persons().get(last_one, "thing") != "thing"
        if people or last_one in _BODIES or NOT_PLACE.match(name):
            continue  # "the Red Cross has buried", "Women accounted for 61", "The Finns reported"
        common = name != match[1] or _NAMED_PLACE.search(name) or re.search(r"['’]s ", name)
        common = common or _MOST.match(sentence, match.end(1) + 1)
        known = match.start(1) or " " in name  # not "Heatstroke accounted for 30"
        common = common or _RANKED.search(match[0]) or (known and "account" in match[0])
        common = common or name in _CONTINENTS or (" " in name and last_one in _CARE)
        here = name in territories() or (name in capitals() and "received" not in match[0])
        if common or here:  # not "Kyiv received 757 and handed over 49"
            yield Named(name, match.end(1) - len(name), match.end(1), "who reports", "inferred")


_BODIES = listed("bodies that speak") - listed("common places") - {"clinic", "station", "court"}
_RANKED = re.compile(r"\s(?:worst|hardest|most|first|second|third|next|last|follow(?:s|ed))\b")
_MOST = re.compile(
    r"(?:(?:has|have|had)\s+)?\w+\s+(?:the\s+)?(?:largest|highest|most|biggest|lowest|greatest)\b"
)
