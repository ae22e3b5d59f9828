"""Pairs of noun phrases that the grammar equates: apposition, copula, an office and the name behind it."""

from collections.abc import Iterator, Sequence

from byline.coding.actors.evidence import Identity
from byline.language.parsed import Token

Identities = dict[int, Identity]
_ARTICLES = frozenset({"a", "an", "the"})


def links(identities: Identities, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Yield pairs of head indexes whose phrases stand for one actor."""
    ends = {i.phrase.stop: n for n, i in identities.items() if i.name}
    for index, identity in identities.items():
        for other in (
            _apposed(identity, identities, tokens),
            _after_comma(identity, ends, tokens),
            _subject_of_copula(identity),
        ):
            if other in identities and _may_equal(identities[other], identity):
                yield other, index
        office = _office_before(identity, identities, tokens)
        if office >= 0:
            yield office, index


def _apposed(identity: Identity, identities: Identities, tokens: Sequence[Token]) -> int:
    """Return the head of an apposition, or of what the parser took for a list though only a comma parts the two."""
    head = identity.head
    if head.dep == "appos":
        return head.head.i
    if head.dep != "conj" or head.head.i not in identities or tokens[identity.phrase.first - 1].text != ",":
        return -1
    listed = head.head.child("cc") or head.child("cc", "conj")
    return head.head.i if listed is None else -1


def _after_comma(identity: Identity, ends: dict[int, int], tokens: Sequence[Token]) -> int:
    """Return the name that a description with an article follows after a comma: "the River Brigade, a militia"."""
    phrase = identity.phrase
    if identity.name or phrase.determiner not in _ARTICLES or identity.head.dep in {"nsubj", "nsubjpass", "poss"}:
        return -1
    before = phrase.first - 1
    return ends.get(before, -1) if before > 0 and tokens[before].text == "," else -1


def _subject_of_copula(identity: Identity) -> int:
    verb = identity.head.head
    if identity.head.dep != "attr" or verb.lemma != "be" or verb.child("neg") is not None:
        return -1
    subject = verb.child("nsubj")
    return subject.i if subject is not None else -1


def _office_before(identity: Identity, identities: Identities, tokens: Sequence[Token]) -> int:
    """Return the office that a name follows without a comma: "the leader of the dockers' union Ana Ruiz"."""
    first = identity.phrase.first
    bare = identity.kind == "person" and bool(identity.name) and not identity.noun
    if not bare or first == 0 or not tokens[first - 1].text[-1].isalpha():
        return -1
    found = -1
    for above in identity.head.ancestors():
        if above.is_verb or above.i > first:
            break
        other = identities.get(above.i)
        if other is not None and other.kind == "person" and not other.name and not other.plural:
            found = above.i
    return found


def _may_equal(one: Identity, other: Identity) -> bool:
    """Whether one is a name and the other a description of the same sort of actor."""
    if one.tentative or other.tentative or "state" in {one.kind, other.kind} or bool(one.name) == bool(other.name):
        return False
    named, described = (one, other) if one.name else (other, one)
    if named.kind == "person":
        return described.kind == "person"
    return named.kind == "unknown" or described.kind in {"organisation", "group"}
