"""Where an event took place: from the trigger outwards, the nearest words that say so.

Tried in turn: what hangs on the trigger and on those who take part; the rest of
the clause; "the city", which stands for a place named before; the sentence; the
sentences before it, where a place sets the scene; the dateline; the town, else the
country, that the text is about. Where somebody comes from and where somebody
speaks is not where it happened.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice, takewhile

from byline import knowledge
from byline.coding.syntax import coordinated, objects_of_preposition
from byline.language.parsed import DASHES, Parsed, Sentence, Token
from byline.records import Reason, Toponym

_WORDS = knowledge.load("places/event_place.toml")
_LOCATIVE, _OWN, _PARTS, _DEFINITE, _SAYING, _UPON, _UNDERGOING, _SCENES = (
    frozenset(_WORDS[k]) for k in ("locative", "own", "parts", "definite", "saying", "upon", "undergoing", "scenes")
)
_EVIDENCE = knowledge.load("places/evidence.toml")
_STREETS, _CROSSINGS, _CIVIC = (frozenset(_EVIDENCE[k]) for k in ("streets", "crossings", "civic"))
_AND = frozenset({"and", "or", "&"})
_MODIFIERS = frozenset({"compound", "nmod", "poss", "amod", "npadvmod"})
_LEADING = frozenset({"prep", "advmod", "dative"})
_UP = frozenset({"pobj", "conj", "compound", "nmod", "appos", "pcomp", "poss", "prep"})
_POINTING = frozenset({"the", "this", "that"})
_TOWN = frozenset({"place"})
_STANDS_FOR: dict[str, frozenset[str]] = {noun: frozenset(of) for noun, of in _WORDS["stands_for"].items()}
_NO_PROVINCES = frozenset({"place", "district"})
_CROSSING = 5  # tokens: "and Elm Park streets"
_DEEPEST = 6
_SENTENCES_BACK = 4
_DATELINE_TOKENS = 12
_LEAD = 200
_ITEM = 10  # tokens before the colon of an item
_OPENING = 2  # tokens before "in" where a phrase opens its sentence and sets the scene: "In Mosul, ..."


def places_of(
    trigger: Token, scene: "Scene", arguments: Iterable[Token] = (), *, at_one_spot: bool = False
) -> tuple[list[int], Reason]:
    """Return where the event took place, as indexes into the toponyms in text order, and why.

    What is done ``at_one_spot``, as violence is, took place in the town that the
    text is about if no words are nearer; a protest or a demand may be a whole country's.

    Of a country and a place in it that stands in the same sentence, the place is given.
    """
    found, rule = _nearest(scene.toponyms, scene.steps(trigger, list(arguments), at_one_spot=at_one_spot))
    indexes = sorted(set(found))
    if not indexes:
        return [], Reason(field="toponyms", rule=rule)
    first = scene.toponyms[indexes[0]]
    return indexes, Reason(field="toponyms", rule=rule, span=first.span, text=first.text)


def _nearest(toponyms: Sequence[Toponym], steps: Iterable[tuple[str, list[int]]]) -> tuple[list[int], str]:
    """Return the places of the first rule that gives any, and the rule; a country waits for a place in it."""
    wide: tuple[list[int], str] | None = None
    for rule, found in steps:
        near = [i for i in found if not toponyms[i].is_wide]
        if near and (wide is None or _inside_one(toponyms, near, wide[0])):
            return near, rule
        if found and wide is None:
            wide = (found, rule)
        if wide is not None and rule == "place in the sentence":
            break
    return wide or ([], "no place in sight")


def _inside_one(toponyms: Sequence[Toponym], near: list[int], wide: list[int]) -> bool:
    countries = {toponyms[i].country for i in wide}
    return all(toponyms[i].country in countries for i in near)


class Scene:
    """A parsed document with its toponyms in text order, searched around one trigger after another."""

    def __init__(self, parsed: Parsed, toponyms: Sequence[Toponym]) -> None:
        self.parsed, self.toponyms = parsed, toponyms

    def steps(self, trigger: Token, arguments: list[Token], *, at_one_spot: bool) -> Iterator[tuple[str, list[int]]]:
        """Yield each rule with what it finds, nearest first; later ones are not searched unless asked for."""
        sentence = self.parsed.sentence_of(trigger)
        yield "place of the trigger", self._of_trigger(trigger, arguments)
        yield "place of a participant", [i for a in arguments for i in self._attached(a, own=False)]
        yield "place before a colon", self._before_colon(sentence)
        yield "place in the clause", self._in_clause(trigger)
        yield "definite noun for a place named before", self._definite(trigger)
        yield "place in the sentence", self._in_sentence(sentence, trigger)
        yield "place that the sentence is about", self._told_about(trigger)
        yield "place of the sentences before", self._before(sentence, trigger)
        yield "dateline", self._dateline()
        if at_one_spot:
            yield "town of the text", self._main_town
        yield "country of the text", self._main_country

    def at(self, token: Token) -> int | None:
        """Return the index of the toponym that covers the token."""
        i = bisect_right(self.toponyms, token.start, key=lambda t: t.span[0]) - 1
        return i if i >= 0 and token.start < self.toponyms[i].span[1] and not self._is_street(i) else None

    def _is_street(self, index: int) -> bool:
        """Whether the name is that of a street: "Leeds Road", "at Elm and Leeds avenues"."""
        toponym = self.toponyms[index]
        inside = self.parsed.covering(toponym.span) if toponym.precision in _NO_PROVINCES else ()
        behind = list(self.parsed.tokens[inside[-1].i + 1 : inside[-1].i + _CROSSING]) if inside else []
        words = [t.lower for t in behind]
        if not words:
            return False
        if words[0] in _STREETS and behind[0].text[0].isupper():
            return not any(word in _CIVIC for word in words[1:2])
        return words[0] in _CROSSINGS or (words[0] in _AND and any(w in _CROSSINGS for w in words[2:]))

    def _of_trigger(self, trigger: Token, arguments: list[Token]) -> list[int]:
        """Return the places that hang on the trigger, on the object that belongs to it, or that its subject names.

        "launched an assault on X", "took control of X"; "the village of X saw clashes".
        """
        found = self._attached(trigger, own=True)
        for child in trigger.children:
            if child.dep == "dobj" and child not in arguments:
                found += self._attached(child, own=True)
            elif child.dep in {"nsubj", "nsubjpass"} and child.lemma in _PARTS:
                found += self._inside(child)
        return found

    def _attached(self, head: Token, *, own: bool) -> list[int]:
        """Return the places in the prepositional phrases of a word; with ``own``, its objects and modifiers too."""
        found = []
        for child in head.children:
            if child.dep in _LEADING and (child.lower in _LOCATIVE or (own and child.lower in _OWN)):
                found += [i for o in objects_of_preposition(child) for i in self._inside(o)]
            elif own and child.dep in {"dobj", "nsubjpass"} and head.lemma in _UPON:
                found += [i for o in coordinated(child) for i in self._inside(o)]
            elif own and child.dep in _MODIFIERS:
                found += self._modifier(child)
        return found

    def _modifier(self, word: Token) -> list[int]:
        """Return the places that modify a noun: "the Tartus bombing". A country that does so is an actor."""
        found = [i for member in coordinated(word) if (i := self.at(member)) is not None]
        return [i for i in found if not self.toponyms[i].is_wide]

    def _inside(self, noun: Token, depth: int = 0) -> list[int]:
        """Return the places that a noun phrase names: itself, its modifiers, or what it is part of."""
        own = self.at(noun)
        if own is not None:
            return [own]
        if depth > _DEEPEST:
            return []
        found = []
        for child in noun.children:
            if child.dep == "prep" and self._leads_on(child, noun):
                found += [i for o in objects_of_preposition(child) for i in self._inside(o, depth + 1)]
            elif child.dep in _MODIFIERS or child.dep == "appos":
                found += self._modifier(child)
        return found

    def _leads_on(self, preposition: Token, noun: Token) -> bool:
        word = preposition.lower
        return word in _LOCATIVE or word == "on" or (word == "of" and noun.lemma in _PARTS)

    def _in_clause(self, trigger: Token) -> list[int]:
        """Return the places of the words that govern the trigger, up to the verb of saying."""
        token = trigger
        for _ in range(_DEEPEST):
            if token.is_root or token.head.lemma in _SAYING or token.dep in {"relcl", "ccomp"}:
                break
            token = token.head
            found = self._attached(token, own=False)
            found += [i for c in token.children if c.dep == "dobj" for i in self._attached(c, own=False)]
            if found:
                return found
        joined = [c for c in trigger.children if c.dep == "conj" and c.pos == trigger.pos]
        return [i for c in joined for i in self._attached(c, own=True)]

    def _before_colon(self, sentence: Sentence) -> list[int]:
        """Return the place that opens an item of a round-up: "The port of Aden: gunmen raided a depot"."""
        opening = list(takewhile(lambda t: t.text != ":" and not t.is_verb, sentence.tokens[:_ITEM]))
        behind = sentence.tokens[len(opening) :][:1]
        if not behind or behind[0].text != ":":
            return []
        found = (i for t in opening if (i := self.at(t)) is not None and self.toponyms[i].precision in _TOWN)
        return list(islice(found, 1))

    def _told_about(self, trigger: Token) -> list[int]:
        """Return the town that a verb over a trigger says it came to: the blast shook Mosul; Mosul saw a blast."""
        above = [trigger, *islice(trigger.ancestors(), _DEEPEST)]
        stop = next((n for n, t in enumerate(above) if t.lemma in _SAYING), len(above))
        met = (c for t in above[:stop] if t.is_verb for c in t.children if _is_met(c))
        found = (i for c in met if (i := self.at(c)) is not None and self.toponyms[i].precision in _TOWN)
        return list(islice(found, 1))

    def _definite(self, trigger: Token) -> list[int]:
        """Return what "the city" or "there" stands for, where it hangs on the trigger or its governor."""
        for word in [trigger, *([] if trigger.is_root else [trigger.head])]:
            for child in word.children:
                heads = objects_of_preposition(child) if child.dep == "prep" else [child]
                for noun in heads:
                    if _points_back(noun):
                        found = self._last_before(noun)
                        return [] if found is None else [found]
        return []

    def _last_before(self, noun: Token) -> int | None:
        """Return the last place named before the noun that it can stand for."""
        wanted = _STANDS_FOR.get(noun.lemma, _TOWN)
        last = bisect_right(self.toponyms, noun.start, key=lambda t: t.span[0])
        for i in range(last - 1, max(-1, last - 30), -1):
            if self.toponyms[i].precision in wanted:
                return i
        return None

    def _in_sentence(self, sentence: Sentence, trigger: Token) -> list[int]:
        """Return the place in the sentence that stands nearest to the trigger, with those joined to it."""
        sayers = {t.i for t in trigger.ancestors() if t.lemma in _SAYING}
        found = [(abs(p.i - trigger.i), i) for i, p in self._locative(sentence) if p.head.i not in sayers]
        return self._joined(min(found)[1]) if found else []

    def _before(self, sentence: Sentence, trigger: Token) -> list[int]:
        """Return the place that sets the scene in the nearest of the sentences before in the paragraph.

        "The march", "this assault" look back into the paragraph before, and at any place.
        """
        back = 1 if any(c.lower in _POINTING for c in trigger.children) else 0
        for before in reversed(self.parsed.sentences[max(0, sentence.index - _SENTENCES_BACK) : sentence.index]):
            if sentence.paragraph - before.paragraph > back:
                break
            setting = [i for i, p in self._locative(before) if back or _sets_the_scene(p, before)]
            found = [i for i in setting if not self.toponyms[i].is_wide]
            if found:
                return self._joined(found[0])
        return []

    def _locative(self, sentence: Sentence) -> Iterator[tuple[int, Token]]:
        """Yield the toponyms of a sentence behind a locative preposition, with that preposition."""
        start, end = sentence.span
        i = bisect_right(self.toponyms, start - 1, key=lambda t: t.span[0])
        while i < len(self.toponyms) and self.toponyms[i].span[0] < end:
            for token in self.parsed.covering(self.toponyms[i].span)[-1:]:
                preposition = _locative_preposition(token)
                if preposition is not None and not self._is_street(i):
                    yield i, preposition
            i += 1

    def _joined(self, index: int) -> list[int]:
        """Return a toponym with those coordinated with it."""
        tokens = self.parsed.covering(self.toponyms[index].span)
        return [index, *(i for t in tokens for c in coordinated(t)[1:] if (i := self.at(c)) is not None)]

    def _dateline(self) -> list[int]:
        """Return the place before the dash that opens the text."""
        for number in sorted(self.parsed.datelines)[:1]:
            start, end = self.parsed.document.prose[number]
            return [i for i, t in enumerate(self.toponyms) if start <= t.span[0] and t.span[1] <= end][:1]
        opening = self.parsed.tokens[:_DATELINE_TOKENS]
        dash = next((t for t in opening if t.text in DASHES), None)
        first = self.at(opening[0]) if dash is not None else None
        if dash is None or first is None or self.toponyms[first].span[0] != opening[0].start:
            return []
        return [first] if self.toponyms[first].span[1] <= dash.start else []

    @cached_property
    def _main_town(self) -> list[int]:
        """Return the first mention of the town, else the district, that the text names most often.

        Being named in the headline or the first sentence counts twice; where people are from or speak counts nothing.
        """
        for precision in ("place", "district"):
            lead = enumerate(self.toponyms[:_LEAD])
            named = [
                t for i, t in lead if t.precision == precision and self._may_be_scene(t) and not self._is_street(i)
            ]
            weights: Counter[int | str] = Counter()
            for toponym in named:
                weights[_identity(toponym)] += 1 + self._opens(toponym)
            best = max(weights, key=lambda town: weights[town], default=None)
            if best is not None:
                return [next(i for i, t in enumerate(self.toponyms) if _identity(t) == best)]
        return []

    def _opens(self, toponym: Toponym) -> bool:
        """Whether the headline or the first sentence names a place."""
        return bool(self.parsed.sentences) and toponym.span[1] <= self.parsed.sentences[0].span[1]

    def _may_be_scene(self, toponym: Toponym) -> bool:
        """Whether a name says neither where somebody is from nor where somebody speaks."""
        for token in self.parsed.covering(toponym.span)[-1:]:
            preposition = token.head if token.dep == "pobj" else token
            return preposition.lower != "from" and preposition.head.lemma not in _SAYING
        return True

    @cached_property
    def _main_country(self) -> list[int]:
        """Return the first mention of the country that the text's first part names most often, if more than once."""
        lead = self.toponyms[:_LEAD]
        counts = Counter(t.country for t in lead if t.precision == "country")
        if not counts or counts.most_common(1)[0][1] == 1:
            return []
        code = counts.most_common(1)[0][0]
        return [next(i for i, t in enumerate(lead) if t.precision == "country" and t.country == code)]


def _is_met(word: Token) -> bool:
    """Whether a word is what its verb says something to come to, as a town may be."""
    verb = word.head
    match word.dep:
        case "dobj":
            return verb.lemma in _UPON
        case "nsubjpass":
            return verb.lemma in _UPON or verb.lemma in _UNDERGOING
        case "nsubj":
            return verb.lemma in _UNDERGOING or any(a.lemma in _SCENES for a in verb.all("attr"))
    return False


def _identity(toponym: Toponym) -> int | str:
    return toponym.geonames_id or toponym.text


def _sets_the_scene(preposition: Token, sentence: Sentence) -> bool:
    """Whether a phrase opens its sentence ("In Mosul, ...") or hangs on an attack ("raided a depot in Mosul")."""
    opens = preposition.i - sentence.tokens[0].i <= _OPENING
    near = (preposition.head, preposition.head.head)
    return opens or any(t.lemma in _UPON for t in near)


def _points_back(noun: Token) -> bool:
    if noun.lower == "there":
        return noun.dep == "advmod"
    pointed = any(c.lower in _POINTING for c in noun.children)
    return pointed and noun.lemma in _DEFINITE and not any(c.lower == "of" for c in noun.children)


def _locative_preposition(token: Token) -> Token | None:
    """Return the locative preposition in whose phrase a name stands, through lists, modifiers and "city of"."""
    for _ in range(_DEEPEST):
        head = token.head
        if token.dep == "prep":
            if token.lower in _LOCATIVE or (token.lower == "of" and head.lemma in _PARTS and head.dep == "dobj"):
                return token
            if token.lower != "of" or head.lemma not in _PARTS:
                return None
        elif token.is_root or token.dep not in _UP:
            return None
        token = head
    return None
