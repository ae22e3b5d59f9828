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

from collections.abc import Iterator, Sequence

from byline.accounts import Corroboration, Source, SourceKind, Standing, Use
from byline.linking.outlets import outlet_key
from byline.linking.reports import Report
from byline.linking.voices import OWN, UNNAMED, Said, Voices


def corroborate(reports: Sequence[Report]) -> Corroboration:
    """Return who tells of one happening, and how many independent sources that makes; `reports` are all of it."""
    voices = Voices(reports)
    grounds = Grounds(voices)
    sources = tuple(_source(voices, key, grounds) for key in voices.ids)
    return Corroboration(
        reports=len({(r.document, r.source) for r in reports}),
        texts=len(set(voices.original.values())),
        outlets=len({outlet_key(r.publication) for r in reports}),
        independent=len(grounds.counted),
        denying=sum(bool(s.denies) for s in sources),
        sources=sources,
        standings=tuple(_standings(voices, grounds)),
    )


class Grounds:
    """On which sources the telling rests; ``whys`` says of the others why they are not counted."""

    def __init__(self, voices: Voices) -> None:
        self._voices = voices
        self.counted: set[str] = set()
        self.whys: dict[str, str] = {}
        by_home: dict[str, set[str]] = {}
        for said in voices.told:
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
            names = sorted(map(self._voices.name, bodies))
            self.whys[own] = f"may have it from {', '.join(names)}, whom it quotes"
        elif own in keys:
            self.whys |= {k: f"is part of what {self._voices.name(own)} tells in its own voice" for k in witnesses}
            bodies, witnesses = {own}, set()
        self.counted |= bodies | witnesses or keys & {UNNAMED}

    def _is_witness(self, key: str) -> bool:
        who = self._voices.who(key)
        return who is not None and who.is_private


def _source(voices: Voices, key: str, grounds: Grounds) -> Source:
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
        tells=tuple(_uses(voices, [s for s in voices.told if s.source == key])),
        denies=tuple(_uses(voices, [s for s in voices.denied if s.source == key])),
    )


def _uses(voices: Voices, found: Sequence[Said]) -> Iterator[Use]:
    """Yield the reports that rest on one source, each once, with why all but the first do not count again."""
    firsts: dict[int, Said] = {}
    for said in found:
        firsts.setdefault(id(said.report), said)
    before: list[Report] = []
    for said in firsts.values():
        yield Use(
            report=said.report.id,
            document=said.report.document,
            file=said.report.source,
            outlet=said.report.publication,
            called=said.party.text if said.party else None,
            via=said.via,
            again=_again(voices, said.report, before),
        )
        before.append(said.report)


def _standings(voices: Voices, grounds: Grounds) -> Iterator[Standing]:
    used: dict[str, list[Report]] = {}
    for report in voices.reports:
        told = [s for s in voices.told if s.report is report]
        keys = list(dict.fromkeys(s.source for s in told))
        new = any(k in grounds.counted and k not in used for k in keys)
        before = [r for k in keys for r in used.get(k, ())]
        yield Standing(
            report=report.id,
            document=report.document,
            file=report.source,
            outlet=report.publication,
            published=report.published,
            asserts=any(not s.voices or not s.telling.denied_by for s in told),
            attributes=any(s.voices for s in told),
            denies=any(s.report is report for s in voices.denied),
            sources=tuple(voices.ids[k] for k in keys),
            again=None if new or not keys else _again(voices, report, before) or _why_not(voices, keys, grounds),
        )
        for key in keys:
            used.setdefault(key, []).append(report)


def _again(voices: Voices, report: Report, before: Sequence[Report]) -> str | None:
    """Return why a report does not count after those before it that rest on the same source."""
    if not before:
        return None
    root, home = voices.original[report.document], voices.home(report)
    copied = next((r for r in before if voices.original[r.document] == root), None)
    if copied:
        return f"copy of {_label(copied)}"
    same = next((r for r in before if voices.home(r) == home), None)
    return f"same outlet as {_label(same)}" if same else f"quotes the same source as {_label(before[0])}"


def _why_not(voices: Voices, keys: Sequence[str], grounds: Grounds) -> str | None:
    return next((f"{voices.name(k)} {grounds.whys[k]}" for k in keys if k in grounds.whys), None)


def _label(report: Report) -> str:
    known = [report.publication, report.published.start if report.published else None]
    return ", ".join(part for part in known if part) if all(known) else report.source
