"""The templates of a document."""

from collections import defaultdict

from byline.evaluation.muc4 import words
from byline.evaluation.muc4.acts import Act, find_acts
from byline.evaluation.muc4.merging import Group, find_groups
from byline.evaluation.muc4.people import people_of
from byline.evaluation.muc4.perpetrators import perpetrators_of
from byline.evaluation.muc4.reading import Reading
from byline.evaluation.muc4.slots import Fill, Template
from byline.evaluation.muc4.weighing import is_incident
from byline.evaluation.muc4.when_where import country_of_group, date_of, location_of, nation
from byline.language.parsed import Parsed, Token
from byline.records import CodedDocument


def templates_of(parsed: Parsed, coded: CodedDocument) -> list[Template]:
    """Return the MUC-4 templates of a coded document, slots by their official names, in text order."""
    reading = Reading(parsed, coded)
    groups = find_groups(find_acts(reading), reading)
    starts = [g.acts[0].head.sentence for g in groups] + [len(parsed.sentences)]
    filled = [(g, _template(g, reading, range(starts[n], starts[n + 1]))) for n, g in enumerate(groups)]
    return [template for group, template in filled if is_incident(group, template, reading)]


def _template(group: Group, reading: Reading, sentences: range) -> Template:
    slots: Template = {
        "INCIDENT: DATE": date_of(group, reading),
        "INCIDENT: LOCATION": location_of(group, reading),
        "INCIDENT: TYPE": group.type,
        "INCIDENT: STAGE OF EXECUTION": group.acts[0].stage,
    }
    slots |= perpetrators_of(group, reading, sentences)
    if group.type not in {"ARSON", "KIDNAPPING"}:
        slots |= _instruments(group, reading)
    if group.type != "KIDNAPPING":
        slots |= _things(group, reading)
    slots |= _people(group, reading)
    return {name: value for name, value in slots.items() if value}


def _instruments(group: Group, reading: Reading) -> Template:
    found: dict[str, str] = {}
    for number in dict.fromkeys(a.head.sentence for a in group.acts):
        sentence = reading.parsed.sentences[number].tokens
        i = sentence[0].i
        while i <= sentence[-1].i:
            kind = words.instrument_type(reading.tokens, i)
            if kind is not None:
                found.setdefault(kind[0], reading.text(i, i + kind[1]) if words.is_device(reading.tokens[i]) else "")
            i += kind[1] if kind is not None else 1
    if "VEHICLE BOMB" in found:
        found.pop("BOMB", None)
    types: list[Fill] = [{"fill": k, "ref": v} if v else k for k, v in found.items()]
    if not types:
        inferred = next((w for a in group.acts if (w := words.inferred_instrument(a.head))), None)
        types = [inferred] if inferred else []
    return {"INCIDENT: INSTRUMENT ID": [v for v in found.values() if v], "INCIDENT: INSTRUMENT TYPE": types}


def _things(group: Group, reading: Reading) -> Template:
    things: dict[str, tuple[Token, list[Act]]] = {}
    for act in group.acts:
        for token in act.things:
            things.setdefault(token.lemma, (token, []))[1].append(act)
    fills: defaultdict[str, list[Fill]] = defaultdict(list)
    for token, acts in things.values():
        name = reading.phrase(token)
        kind = words.thing_type(token, reading.tokens) or "OTHER"
        fills["PHYS TGT: ID"].append(name)
        fills["PHYS TGT: TYPE"].append({"fill": kind, "ref": name})
        fills["PHYS TGT: NUMBER"].append({"fill": reading.number(token), "ref": name})
        effect = _effect(acts, group)
        if effect:
            fills["PHYS TGT: EFFECT OF INCIDENT"].append({"fill": effect, "ref": name})
    return dict(fills)


def _effect(acts: list[Act], group: Group) -> str | None:
    """Return what became of a thing; what a bomb or fire hit is taken for damaged where nothing is said."""
    told = next((e for a in acts if (e := words.effect_on_things(a.head.lemma))), None)
    burst = group.type in {"BOMBING", "ARSON"} and group.acts[0].stage == "ACCOMPLISHED"
    return told or ("SOME DAMAGE" if burst else None)


def _people(group: Group, reading: Reading) -> Template:
    country = country_of_group(group, reading)
    fills: defaultdict[str, list[Fill]] = defaultdict(list)
    for person in people_of(group, reading):
        if person.name:
            fills["HUM TGT: NAME"].append(person.name)
            if person.description:
                fills["HUM TGT: DESCRIPTION"].append({"fill": person.description, "ref": person.name})
        else:
            fills["HUM TGT: DESCRIPTION"].append(person.label)
        fills["HUM TGT: TYPE"].append({"fill": person.type, "ref": person.label})
        fills["HUM TGT: NUMBER"].append({"fill": person.number, "ref": person.label})
        if person.effect:
            fills["HUM TGT: EFFECT OF INCIDENT"].append({"fill": person.effect, "ref": person.label})
        if person.nation and country and person.nation != country:
            fills["HUM TGT: FOREIGN NATION"].append({"fill": nation(person.nation), "ref": person.label})
    return dict(fills)
