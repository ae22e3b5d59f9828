"""A parsed document coded: find everything, then put the events together.

Each finder is a function of the parsed document in a file of its own. Here
their findings meet: a predicate's status, participants, place, time, counts
and voices are settled and become one event; events that are one happening
become one incident.
"""

from typing import NamedTuple

import msgspec

from byline.coding import syntax
from byline.coding.actors.cast import Cast
from byline.coding.arguments import Arguments, find_arguments
from byline.coding.attribution.attributions import Said
from byline.coding.confidence import evidence_of, with_confidences
from byline.coding.counts import counts_of
from byline.coding.denials import Denied, find_denials
from byline.coding.findings import Findings, find
from byline.coding.incidents import VIOLENT, Happening, Traits, find_incidents, is_new, traits_of
from byline.coding.ontology import Ontology
from byline.coding.participants import at_home, with_participants
from byline.coding.places.event_place import places_of
from byline.coding.places.gazetteer import Gazetteer
from byline.coding.predicates import Predicate, find_predicates, governors
from byline.coding.speech_acts import find_speech_acts, recast
from byline.coding.sport import Sport
from byline.coding.status.settling import settle
from byline.coding.times.event_time import Answer, Told, times_of
from byline.coding.tolls import Trigger, with_tolls
from byline.language.parsed import Parsed, Token
from byline.records import (
    HAPPENED,
    Attribution,
    CodedDocument,
    Event,
    Incident,
    Mention,
    Reason,
    Status,
)

_NOUNS = frozenset({"NOUN", "PROPN"})
_WHERE = frozenset({"at", "in", "near", "outside"})
_DURING = frozenset({"during", "in"})
_NEAR = 12  # tokens between "the raid" and "in which nine died"
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})


class Knowledge(NamedTuple):
    """What coding needs to know besides the text; loaded once, never changed."""

    ontology: Ontology
    gazetteer: Gazetteer


class Draft(NamedTuple):
    """A predicate with its participants: what an event is made of.

    ``governed``: another event is about it. ``lede``: no sentence before tells an event.
    """

    predicate: Predicate
    arguments: Arguments
    governed: bool = False
    lede: bool = False


class _Settled(NamedTuple):
    """Whether a draft is told as having happened, why, and what its time is asked with."""

    status: Status
    why: Reason
    told: Told


def code(parsed: Parsed, knowledge: Knowledge) -> CodedDocument:
    """Return the document with its events and all that they rest on."""
    return put_together(find(parsed, knowledge.gazetteer), knowledge.ontology)


def put_together(found: Findings, ontology: Ontology) -> CodedDocument:
    """Return the document of which this was found, with its events and all that they rest on."""
    parsed = found.parsed
    drafts = _drafts(found, ontology)
    causes = _causes(drafts)
    drafts = [_with_actors_of_cause(d, causes.get(n), drafts) for n, d in enumerate(drafts)]
    doers = [t for d in drafts for t in d.arguments.actors]
    recipients = [t for d in drafts for t in d.arguments.recipients]
    found = found._replace(cast=with_participants(found.cast, doers, recipients, found.toponyms, parsed))
    sport = Sport(parsed)
    settled = [_settled(d, parsed, sport) for d in drafts]
    times = times_of([s.told for s in settled], parsed, found.timexes)
    events = [_event(n, *parts, found) for n, parts in enumerate(zip(drafts, settled, times, strict=True), 1)]
    triggers = [Trigger(e, d.predicate.head) for e, d in zip(events, drafts, strict=True)]
    traits = _traits(triggers, causes, found)
    events = _with_denials(events, traits, triggers, found)
    incidents = with_tolls(find_incidents(traits), triggers, found)
    by_id, by_head = {e.id: e for e in events}, {head.i: event.id for event, head in triggers}
    document = parsed.document
    return CodedDocument(
        **{name: getattr(document, name) for name in document.__struct_fields__},
        timexes=tuple(found.timexes),
        toponyms=tuple(found.toponyms),
        actors=tuple(at_home(found.cast.actors, events, found.toponyms)),
        attributions=tuple(_with_links(s, by_head, found.cast) for s in found.attributions.said),
        events=tuple(events),
        incidents=tuple(_with_dispute(i, by_id) for i in incidents),
    )


def _traits(triggers: list[Trigger], causes: dict[int, int], found: Findings) -> list[Traits]:
    happenings = [
        Happening(event, head.lemma, _is_definite(head), _event_id(causes.get(n)), is_new(head))
        for n, (event, head) in enumerate(triggers)
    ]
    return traits_of(happenings, found.toponyms, found.cast.actors)


def _with_denials(events: list[Event], traits: list[Traits], triggers: list[Trigger], found: Findings) -> list[Event]:
    told = [Denied(t, found.attributions.over(head)) for t, (_, head) in zip(traits, triggers, strict=True)]
    denied = find_denials(told, found.attributions.said, found.cast)
    return [_denied(e, denied[e.id]) if e.id in denied else e for e in events]


def _denied(event: Event, by: tuple[str, ...]) -> Event:
    """Return an event with its denials; who only denies a part in what happened does not tell of it."""
    tells = tuple(a for a in event.attributions if a not in by) if event.happened else event.attributions
    return msgspec.structs.replace(event, denied_by=by, attributions=tells)


def _with_dispute(incident: Incident, events: dict[str, Event]) -> Incident:
    """Return the incident marked as disputed if somebody denies what is told of it as having happened."""
    disputed = any(events[e].happened and events[e].denied_by for e in incident.events)
    return msgspec.structs.replace(incident, disputed=disputed)


def _drafts(found: Findings, ontology: Ontology) -> list[Draft]:
    """Return all predicates with their participants, those done by mere saying included, in text order."""
    cast = found.cast
    predicates = find_predicates(found.parsed, ontology, cast)
    by_head = {p.head.i: p for p in predicates}
    predicates = [recast(p, by_head, ontology) for p in predicates]
    drafts = {p.head.i: Draft(p, find_arguments(p, cast.at, ontology.weapons)) for p in predicates}
    acts = find_speech_acts(found.attributions.said, predicates, ontology, cast)
    for act in acts:
        about = drafts[act.about.head.i].arguments.recipients if act.about else ()
        recipients = tuple(syntax.coordinated(act.addressee)) if act.addressee is not None else about
        arguments = Arguments(act.speakers, recipients, (), "speaker", "whom the words are about")
        drafts[act.predicate.head.i] = Draft(act.predicate, arguments)
    demand = ontology.speech_acts.demand if ontology.speech_acts else None
    above = governors((d.predicate for d in drafts.values()), demand)
    above |= {a.about.head.i: a.predicate.head.i for a in acts if a.about is not None}
    contents: dict[int, list[Draft]] = {}
    for head in sorted(above):
        contents.setdefault(above[head], []).append(drafts[head])
    drafts |= {i: _with_recipients_of_content(drafts[i], found, cast, demand) for i, found in contents.items()}
    lede = min((d.predicate.head.sentence for d in drafts.values()), default=0)
    return [
        drafts[i]._replace(governed=i in above, lede=drafts[i].predicate.head.sentence == lede) for i in sorted(drafts)
    ]


def _with_recipients_of_content(draft: Draft, contents: list[Draft], cast: Cast, demand: str | None) -> Draft:
    """Return a promise, refusal or demand with the recipients of what is promised, refused or demanded.

    Of a noun ("rejected the Norwegian offer") it is whoever made it. Its own
    recipients stay, unless they only say where, or are things inside of what it
    is about ("refused to send troops to Oslo"). An order is given to nobody that
    its entry does not name.
    """
    own = {cast.at(t) for t in draft.arguments.actors}
    for about in contents:
        arguments, head = about.arguments, about.predicate.head
        others = (() if head.is_verb else arguments.actors) or arguments.recipients
        others = tuple(t for t in others if t not in draft.arguments.actors and cast.at(t) not in own - {None})
        struck = draft.predicate.entry.material and about.predicate.entry.type != demand
        people = not struck and any(cast.at(t) is not None for t in others)
        if others and draft.predicate.entry.recipient and _gives_way(draft, about, cast, people=people):
            slot = "whose it is" if others == arguments.actors else "recipient of what it is about"
            return draft._replace(arguments=draft.arguments._replace(recipients=others, recipient_slot=slot))
    return draft


def _gives_way(draft: Draft, about: Draft, cast: Cast, *, people: bool) -> bool:
    """Whether an act's recipients are none, a mere place, inside of its content, or things where that has people."""
    recipients = draft.arguments.recipients
    if not recipients or draft.arguments.recipient_slot in _WHERE or _only_inside(draft, about):
        return True
    return people and all(cast.at(t) is None for t in recipients)


def _only_inside(draft: Draft, about: Draft) -> bool:
    """Whether all recipients are things in the clause that a trigger governs, not those who are to act in it."""
    clause, doers = about.predicate.head, about.arguments.actors
    return clause.is_verb and all(t not in doers and clause in t.ancestors() for t in draft.arguments.recipients)


def _causes(drafts: list[Draft]) -> dict[int, int]:
    """Return which draft tells of the same happening as an earlier part of its sentence.

    That is its subject ("the attack killed ten"), whatever the types, or of
    the same type the verb that it goes on from ("attacked a bus, killing ten
    and wounding two"), or the noun in which it came about ("the raid in which
    nine died").
    """
    numbers = {d.predicate.head.i: n for n, d in enumerate(drafts)}
    causes = {}
    for number, draft in enumerate(drafts):
        head = draft.predicate.head
        if not head.is_verb:
            continue
        subject = next((numbers[t.i] for t in syntax.subjects(head) if t.i in numbers), None)
        governor = _goes_on_from(head, numbers)
        if subject is not None and subject != number:
            causes[number] = subject
        elif governor is not None and drafts[governor].predicate.entry.type == draft.predicate.entry.type:
            causes[number] = governor
    return causes


def _goes_on_from(head: Token, numbers: dict[int, int]) -> int | None:
    """Return the draft before a verb, by its number, that the verb's clause tells more of."""
    if head.dep in {"advcl", "conj"} and head.head.i < head.i and head.head.i in numbers:
        return numbers[head.head.i]
    if any(o.lower == "which" for p in head.all("prep") if p.lower in _DURING for o in p.all("pobj")):
        before = [i for i in numbers if i < head.i and i >= head.i - _NEAR]
        return numbers[max(before)] if before else None
    if head.dep == "relcl" and any(c.lower == "when" for c in head.children):  # "killed nine on Monday when they ..."
        above = next((t for t in head.head.ancestors() if t.is_verb or t.i in numbers), None)
        return numbers.get(above.i) if above is not None and above.i < head.i else None
    return None


def _with_actors_of_cause(draft: Draft, cause: int | None, drafts: list[Draft]) -> Draft:
    """Return the draft with the actors of the event that is its subject, if it has none of its own."""
    if cause is None or draft.arguments.actors:
        return draft
    inherited = drafts[cause].arguments
    arguments = draft.arguments._replace(actors=inherited.actors, actor_slot="actors of the event that is its subject")
    return draft._replace(arguments=arguments)


def _settled(draft: Draft, parsed: Parsed, sport: Sport) -> _Settled:
    head, type_ = draft.predicate.head, draft.predicate.entry.type
    status, why = settle(head, parsed)
    match = sport.reason(head, type_) if status in HAPPENED else None
    if match is not None:
        status, why = "hypothetical", match
    return _Settled(status, why, Told(head, type_, status in HAPPENED))


def _event(number: int, draft: Draft, settled: _Settled, when: Answer, found: Findings) -> Event:
    predicate, arguments = draft.predicate, draft.arguments
    head, entry, parsed = predicate.head, predicate.entry, found.parsed
    time, why_time = when
    people = [*arguments.actors, *arguments.recipients]
    places, why_places = places_of(head, found.scene, people, at_one_spot=entry.type in VIOLENT)
    counts = tuple(counts_of(head, parsed))
    voices = [s.attribution for s in found.attributions.over(head)]
    trigger = Mention(span=predicate.span, text=parsed.words(predicate.span), head=head.span)
    type_rule = f"{entry.type} {entry.part}: {entry.lemma}"
    why_type = Reason(field="type", rule=type_rule, span=trigger.span, text=trigger.text, rejected=predicate.beaten)
    reasons = (
        why_type,
        *_reasons_of_arguments(arguments, found),
        *(settled.why, why_time, why_places),
        *(Reason(field="counts", rule=f"{c.what}: counted by the trigger", span=c.span, text=c.text) for c in counts),
    )
    evidence = evidence_of(
        predicate, arguments, placed=bool(places), dated=time is not None, governed=draft.governed, lede=draft.lede
    )
    event = Event(
        id=f"e{number}",
        type=entry.type,
        mode=entry.mode,
        contexts=(entry.context,) if entry.context else (),
        cameo=entry.cameo,
        trigger=trigger,
        status=settled.status,
        actors=_mentions(arguments.actors, found),
        recipients=_mentions(arguments.recipients, found),
        instruments=_mentions(arguments.instruments, found),
        toponyms=tuple(places),
        time=time,
        counts=counts,
        attributions=tuple(v.id for v in voices),
        evidence=parsed.sentence_of(head).span,
        confidence=evidence,
        rules=(type_rule, settled.why.rule, why_time.rule, why_places.rule),
        reasons=reasons,
    )
    return with_confidences(event, head, voices)


def _reasons_of_arguments(arguments: Arguments, found: Findings) -> list[Reason]:
    """Return for each participant the slot that gave it; for a role without any, that no slot was filled."""
    roles = (
        ("actors", arguments.actor_slot, arguments.actors),
        ("recipients", arguments.recipient_slot, arguments.recipients),
    )
    reasons = []
    for field, slot, heads in roles:
        mentions = _mentions(heads, found)
        reasons += [Reason(field=field, rule=f"slot: {slot}", span=m.span, text=m.text) for m in mentions]
        if not mentions:
            reasons.append(Reason(field=field, rule="no slot of the entry is filled"))
    return reasons


def _mentions(heads: tuple[Token, ...], found: Findings) -> tuple[Mention, ...]:
    everybody = (t for head in heads for t in (*found.cast.sharing(head), head))
    mentions = (found.cast.mention(_named(token, found)) for token in everybody)
    return tuple({m.span: m for m in mentions}.values())


def _named(token: Token, found: Findings) -> Token:
    """Return the first noun of the sentence for which a pronoun stands; else the pronoun itself."""
    actor = found.cast.at(token)
    if token.pos != "PRON" or actor is None:
        return token
    before = (t for t in found.parsed.sentence_of(token).tokens if t.i < token.i)
    return next((t for t in before if t.pos in _NOUNS and found.cast.at(t) == actor and _is_head(t)), token)


def _is_head(token: Token) -> bool:
    return token.dep not in {"compound", "amod", "nmod", "poss", "npadvmod"}


def _with_links(said: Said, events: dict[int, str], cast: Cast) -> Attribution:
    """Return the attribution with the events that it is about, its source tied to the actor whose words they are."""
    source, speaker = said.attribution.source, said.speaker
    about = tuple(events[t.i] for t in said.content if t.i in events)
    if source is not None and speaker is not None:
        source = msgspec.structs.replace(source, actor=cast.at(speaker))
    return msgspec.structs.replace(said.attribution, about=about, source=source)


def _is_definite(head: Token) -> bool:
    return head.pos in _NOUNS and any(c.lower in _DEFINITE for c in head.children if c.dep == "det")


def _event_id(number: int | None) -> str | None:
    return None if number is None else f"e{number + 1}"
