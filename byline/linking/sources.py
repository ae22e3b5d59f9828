"""How many independent sources tell of a happening: copies, outlets and quoted sources, each counted once.

What one outlet tells in all its texts is taken together; what a copy tells, with whatever it adds, is its original's.
An outlet rests on the bodies and office holders that it quotes, and on the witnesses beside them. If it quotes none
but witnesses, its own voice is one source, and they are part of it; if it tells nothing in its own voice, they are
the sources. So two sources count as two only where it can be shown that they are: an outlet that quotes the police
may have all of it from them. For the same reason nameless sources are held to be the same as named ones of their
kind (`identity`), outlets without a name are one outlet, and an unnamed source ("reportedly") counts only where there
is no other. Who passes words on (`via`, or an agency that quotes somebody) is no source of them. Denials are counted
apart.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from byline.accounts import Corroboration, Source, SourceKind, Standing, Use
from byline.linking.outlets import outlet_key
from byline.linking.reports import Report
from byline.linking.voices import OWN, UNNAMED, Said, Voices, by_report


def corroborate(reports: Sequence[Report]) -> Corroboration:
    """Return who tells of one happening, and how many independent sources that makes; `reports` are all of it."""
    return corroboration_on(Grounds(Voices(reports)))


def corroboration_on(grounds: "Grounds") -> Corroboration:
    """Return what `corroborate` does, of reports of which it is known what they rest on."""
    voices = grounds.voices
    told, denied = _by_source(voices.vouched), _by_source(voices.denied)
    sources = tuple(_source(grounds, key, told, denied) for key in voices.ids)
    return Corroboration(
        reports=len({(r.document, r.source) for r in voices.reports}),
        texts=len(set(voices.original.values())),
        outlets=len({outlet_key(r.publication) for r in voices.reports}),
        independent=len(grounds.counted),
        denying=sum(bool(s.denies) for s in sources),
        sources=tuple(s for s in sources if s.tells or s.denies),
        standings=tuple(_standings(grounds)),
    )


class Grounds:
    """On which sources the telling rests; ``whys`` says of the others why they are not counted."""

    def __init__(self, voices: Voices) -> None:
        self.voices = voices
        self.counted: set[str] = set()
        self.whys: dict[str, str] = {}
        by_home: dict[str, set[str]] = {}
        for said in voices.vouched:
            by_home.setdefault(voices.home(said.report), set()).add(said.source)
        for home, keys in sorted(by_home.items()):
            self._settle(OWN + home, {k for k in keys if k == OWN + home or k.removeprefix(OWN) not in by_home})
        self.counted -= self.whys.keys() & {k for k in self.counted if self._is_witness(k)}
        if len(self.counted) > 1 and UNNAMED in self.counted:
            self.counted.remove(UNNAMED)
            self.whys[UNNAMED] = "may be any of the others"

    def _settle(self, own: str, keys: set[str]) -> None:
        """Count what one outlet rests on, of those whom it quotes and its own voice."""
        witnesses = {k for k in keys if self._is_witness(k)}
        bodies = keys - witnesses - {own, UNNAMED}
        if own in keys and bodies:
            names = sorted(map(self.voices.name, bodies))
            self.whys[own] = f"may have it from {', '.join(names)}, whom it quotes"
        elif own in keys:
            self.whys |= {k: f"is part of what {self.voices.name(own)} tells in its own voice" for k in witnesses}
            bodies, witnesses = {own}, set()
        self.counted |= bodies | witnesses or keys & {UNNAMED}

    def _is_witness(self, key: str) -> bool:
        who = self.voices.who(key)
        return who is not None and who.is_private


def _by_source(found: Iterable[Said]) -> dict[str, list[Said]]:
    by_source: dict[str, list[Said]] = {}
    for said in found:
        by_source.setdefault(said.source, []).append(said)
    return by_source


def _source(grounds: Grounds, key: str, told: Mapping[str, list[Said]], denied: Mapping[str, list[Said]]) -> Source:
    voices = grounds.voices
    who = voices.who(key)
    kind: SourceKind = "unnamed" if key == UNNAMED else "quoted" if who else "outlet"
    return Source(
        id=voices.ids[key],
        name=voices.name(key),
        kind=kind,
        country=who.country if who else None,
        sector=who.sector if who else None,
        independent=key in grounds.counted,
        why=None if key in grounds.counted else grounds.whys.get(key),
        tells=tuple(_uses(voices, told.get(key, ()))),
        denies=tuple(_uses(voices, denied.get(key, ()))),
    )


class Before:
    """The reports that came before, by what makes a later one no news: its text, its outlet, or any."""

    def __init__(self, voices: Voices) -> None:
        self._voices = voices
        self._firsts: dict[str, Report] = {}

    def why_again(self, report: Report) -> str | None:
        """Return why a report does not count after those before it, None for the first; then it is one of them."""
        text, outlet = f"text {self._voices.original[report.document]}", f"of {self._voices.home(report)}"
        reasons = ((text, "copy of"), (outlet, "same outlet as"), ("any", "quotes the same source as"))
        found = next((f"{why} {_label(self._firsts[k])}" for k, why in reasons if k in self._firsts), None)
        for key, _ in reasons:
            self._firsts.setdefault(key, report)
        return found


def _uses(voices: Voices, found: Sequence[Said]) -> Iterator[Use]:
    """Yield the reports that rest on one source, each once, with why all but the first do not count again."""
    firsts: dict[int, Said] = {}
    for said in found:
        firsts.setdefault(id(said.report), said)
    before = Before(voices)
    for said in firsts.values():
        yield Use(
            report=said.report.id,
            document=said.report.document,
            file=said.report.source,
            outlet=said.report.publication,
            called=said.party.text if said.party else None,
            via=said.via,
            again=before.why_again(said.report),
        )


def _standings(grounds: Grounds) -> Iterator[Standing]:
    voices = grounds.voices
    told, before = by_report(voices.vouched), {key: Before(voices) for key in voices.ids}
    denied = by_report(voices.denied)
    brought = set[str]()
    for report in voices.reports:
        here = told.get(id(report), [])
        keys = list(dict.fromkeys(s.source for s in here))
        again = [before[key].why_again(report) for key in keys]
        new = grounds.counted & (set(keys) - brought)
        brought.update(keys)
        yield Standing(
            report=report.id,
            document=report.document,
            file=report.source,
            outlet=report.publication,
            published=report.published,
            asserts=any(not s.voices or not s.telling.denied_by for s in here),
            attributes=any(s.voices for s in here),
            denies=id(report) in denied,
            sources=tuple(voices.ids[k] for k in keys),
            again=None if new else next(filter(None, again), None) or _why_not(grounds, keys),
        )


def _why_not(grounds: Grounds, keys: Sequence[str]) -> str | None:
    return next((f"{grounds.voices.name(k)} {grounds.whys[k]}" for k in keys if k in grounds.whys), None)


def _label(report: Report) -> str:
    known = [report.publication, report.published.start if report.published else None]
    return ", ".join(part for part in known if part) if all(known) else report.source
