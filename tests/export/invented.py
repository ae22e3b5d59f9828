"""A small archive of invented pages, coded by hand: what the layouts of other tools are tested on.

Two outlets tell of shots at Velmara, one in its own voice with four killed, one by a union's with six or more and an
officer who denies it: they are one incident. A planned strike and a burned mill that nobody owns to did not happen. A
march is told by a page that is hostile in every cell.
"""

from pathlib import Path
from typing import Any

from byline.lookup import uids_of
from byline.records import (
    Actor,
    Attribution,
    CodedDocument,
    Count,
    CountOf,
    Decision,
    Event,
    Incident,
    Interval,
    Mention,
    Origin,
    Span,
    Toponym,
)
from byline.run.linking import link
from byline.store import Archive, Edition, add_decision

LAMP = (
    "Velmara bleeds\n\nSoldiers shot four miners at Velmara on Monday, and four died. A strike is planned in Orsa.\n\n"
    "Nothing else is known."
)
HARBOUR = (
    "Miners fell\n\nSoldiers killed at least six miners at Velmara on Monday, the union said. Colonel Renko denied it."
)
MILL = "Colonel Renko denied that police had burned the mill at Tarn."
HOSTILE = '=1+1\n\nVillagers\tmarched\nin "Oru" <b>, all May.'


class Page:
    """A page's text, in which words are found by themselves."""

    def __init__(self, text: str) -> None:
        self.text = text

    def span(self, words: str) -> Span:
        start = self.text.index(words)
        return start, start + len(words)

    def mention(self, words: str, actor: str | None = None) -> Mention:
        return Mention(span=self.span(words), text=words, actor=actor)

    def actor(self, id: str, name: str, words: str, **more: Any) -> Actor:  # noqa: ANN401
        return Actor(id=id, name=name, mentions=(self.span(words),), **{"country": "PRT", **more})

    def count(self, what: CountOf, words: str, low: int, high: int | None) -> Count:
        return Count(what=what, low=low, high=high, span=self.span(words), text=words)

    def place(self, words: str, at: tuple[float, float] | None, **more: Any) -> Toponym:  # noqa: ANN401
        latitude, longitude = at or (None, None)
        fixed = {"geonames_id": None, "country": "PRT", "precision": "place", "name": words}
        return Toponym(span=self.span(words), text=words, latitude=latitude, longitude=longitude, **{**fixed, **more})

    def event(self, id: str, type: str, trigger: str, evidence: str, **more: Any) -> Event:  # noqa: ANN401
        fixed: dict[str, Any] = {"status": "actual", "actors": (), "recipients": (), "toponyms": (), "time": None}
        fixed |= {"counts": (), "attributions": (), "confidence": 0.87}
        words = self.span(evidence)
        return Event(id=id, type=type, trigger=self.mention(trigger), evidence=words, **{**fixed, **more})


def day(first: str, last: str | None = None) -> Interval:
    return Interval(start=first, end=last or first, basis="timex")


MONDAY = day("2016-05-09")


def lamp() -> CodedDocument:
    page = Page(LAMP)
    soldiers = page.actor("a1", "Soldiers", "Soldiers", sector="MIL", kind="group")
    miners = page.actor("a2", "four miners", "four miners", sector="LAB", kind="group")
    shots = page.event(
        "e1", "ASSAULT", "shot", "Soldiers shot four miners at Velmara on Monday, and four died.",
        mode="firearms", cameo="193", contexts=("military",), toponyms=(0,), time=MONDAY,
        actors=(page.mention("Soldiers", "a1"),), recipients=(page.mention("four miners", "a2"),),
        counts=(page.count("killed", "four died", 4, 4),),
    )  # fmt: skip
    strike = page.event(
        "e2", "PROTEST", "strike", "A strike is planned in Orsa.", status="planned", mode="strike", toponyms=(1,)
    )
    return CodedDocument(
        id="lamp-1", source="lamp-1.html", text=LAMP, title="Velmara bleeds", publication="The Lamp",
        authors=("Ada Tarsk", "Ilo Venn"), url="https://lamp.example/velmara?a=1&b=2", language="en",
        published=Interval(start="2016-05-11", end="2016-05-11", basis="metadata"), retrieved=day("2020-02-03"),
        origin=Origin(container="lamp.warc", captured="2016-05-11T08:30:15Z"),
        body=(page.span("Soldiers shot four miners at Velmara on Monday, and four died. A strike is planned in Orsa."),
              page.span("Nothing else is known.")),
        actors=(soldiers, miners),
        toponyms=(page.place("Velmara", (38.5, -8.25), geonames_id=77),
                  page.place("Orsa", (39.5, -7.5), precision="province")),
        events=(shots, strike),
        incidents=(Incident(id="i1", type="ASSAULT", events=("e1",), counts=shots.counts),
                   Incident(id="i2", type="PROTEST", events=("e2",))),
    )  # fmt: skip


def harbour() -> CodedDocument:
    page = Page(HARBOUR)
    union = page.actor("a1", "the union", "the union", sector="LAB", kind="organisation")
    renko = page.actor("a2", "Renko", "Renko", sector="MIL", kind="person")
    soldiers = page.actor("a3", "Soldiers", "Soldiers", sector="MIL", kind="group")
    miners = page.actor("a4", "miners", "miners", sector="LAB", kind="group")
    said = Attribution(
        id="s1", source=page.mention("the union", "a1"), cue=page.mention("said"), stance="claimed", quoted="indirect",
        content=(page.span("Soldiers killed at least six miners at Velmara on Monday"),), about=("e1",), rule="test",
    )  # fmt: skip
    denial = Attribution(
        id="s2", source=page.mention("Renko", "a2"), cue=page.mention("denied"), content=(page.span("it"),),
        stance="denied", quoted="indirect", rule="test",
    )  # fmt: skip
    killed = page.event(
        "e1", "ASSAULT", "killed", "Soldiers killed at least six miners at Velmara on Monday, the union said.",
        mode="firearms", toponyms=(0,), time=MONDAY, attributions=("s1",), denied_by=("s2",),
        actors=(page.mention("Soldiers", "a3"),), recipients=(page.mention("miners", "a4"),),
        counts=(page.count("killed", "at least six", 6, None),),
    )  # fmt: skip
    return CodedDocument(
        id="harbour-1", source="harbour-1.html", text=HARBOUR, title="Miners fell", publication="Harbour Post",
        published=Interval(start="2016-05-12", end="2016-05-13", basis="issue"),
        actors=(union, renko, soldiers, miners), attributions=(said, denial),
        toponyms=(page.place("Velmara", (38.5, -8.25), geonames_id=77),), events=(killed,),
        incidents=(Incident(id="i1", type="ASSAULT", events=("e1",), counts=killed.counts, disputed=True),),
    )  # fmt: skip


def mill() -> CodedDocument:
    page = Page(MILL)
    burned = page.event("e1", "ASSAULT", "burned", MILL, status="denied", mode="destroy", time=day("2016-06-01"))
    return CodedDocument(
        id="mill-1", source="mill-1.html", text=MILL, publication="Harbour Post", events=(burned,),
        incidents=(Incident(id="i1", type="ASSAULT", events=("e1",)),),
    )  # fmt: skip


def hostile() -> CodedDocument:
    page = Page(HOSTILE)
    villagers = page.actor("a1", "=Villagers\tof\n<i>", "Villagers", sector="CVL", kind="group", country="DEU")
    march = page.event(
        "e1", "PROTEST", "marched", 'Villagers\tmarched\nin "Oru" <b>, all May.', mode="demo", cameo="141",
        toponyms=(0,), time=day("2016-05-01", "2016-05-31"), actors=(page.mention("Villagers", "a1"),),
    )  # fmt: skip
    return CodedDocument(
        id="hostile 1/<é>", source="hostile.html", text=HOSTILE, title="=1+1", publication="<script>x</script>",
        url="javascript:alert(1)", actors=(villagers,), events=(march,),
        toponyms=(page.place('"Oru" <b>', None, precision="country", name=None),),
        incidents=(Incident(id="i1", type="PROTEST", events=("e1",)),),
    )  # fmt: skip


def documents() -> list[CodedDocument]:
    return [lamp(), harbour(), mill(), hostile()]


SHOTS, MARCH = uids_of(lamp())[0], uids_of(hostile())[0]  # and so the ids of the incidents


def make(path: Path) -> None:
    """Make an archive of the pages, linked, in which the shots of both outlets are one incident."""
    with Archive.open(path, write=True) as archive:
        with archive.batch():
            edition = archive.add_edition(Edition("0", "", "", "", "", ""))
            run = archive.begin_run(edition, "{}", "2026-01-01T00:00:00+00:00")
            for document in documents():
                archive.add(document, edition, run)
            add_decision(archive, Decision(
                kind="merge", events=(SHOTS,), others=(uids_of(harbour())[0],), reviewer="Ada Tarsk",
                time="2026-01-01T00:00:00+00:00", reason="the same shots",
            ))  # fmt: skip
        link(archive)
