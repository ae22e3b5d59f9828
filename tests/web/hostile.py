"""A document that means harm in every field: script, drawings, text that runs backwards, formulas, endless words."""

from byline.records import Actor, Attribution, CodedDocument, Count, Event, Incident, Interval, Mention, Toponym

SCRIPT = "<script>document.title = 'taken'</script>"
DRAWING = '<svg onload="document.title=\'taken\'"><a xlink:href="javascript:alert(1)">x</a></svg>'
IMAGE = '"><img src=https://elsewhere.example/x.png onerror="document.title=\'taken\'">'
BACKWARDS = "\u202egnp.exe\u2066\u200f"
NULLS = "a\0b\x01\x1b[31m"
LONG = "W" * 100_000
FORMULA = '=HYPERLINK("https://elsewhere.example/","click")'
PATH = "../../.json?a=b#c%2f"
URL = "javascript:document.title='taken'"
HARM = (
    SCRIPT, DRAWING, IMAGE, BACKWARDS, NULLS, LONG, FORMULA, PATH, "+1", "@SUM(A1)", "..", "tolva.json", "a; b.csv",
)  # fmt: skip
TEXT = "\n\n".join(HARM)


def hostile(number: int, name: str, *, url: str = URL) -> CodedDocument:
    """Return a document with an event, a claim and a place, all called by a name that means harm."""
    span = (0, len(SCRIPT))
    when = Interval(start="2021-05-05", end="2021-05-05", basis="given")
    mention = Mention(span=span, text=name, actor="a1")
    place = Toponym(
        span=span, text=name, name=name, latitude=40.0, longitude=-8.0, geonames_id=None, country=name[:40],
        precision="place", within=None,
    )  # fmt: skip
    event = Event(
        id="e1", type=name, mode=name, trigger=Mention(span=span, text=name), status="actual", actors=(mention,),
        recipients=(mention,), toponyms=(0,), time=when, attributions=("s1",), evidence=(0, len(TEXT)), confidence=0.5,
        counts=(Count(what="killed", low=number + 1, high=number + 1, span=span, text=name),),
    )  # fmt: skip
    said = Attribution(id="s1", source=mention, cue=None, content=((0, len(TEXT)),), quoted="indirect", rule=name)
    return CodedDocument(
        id=f"hostile{number}",
        source=name,
        title=name,
        publication=name,
        url=url,
        text=TEXT,
        authors=(name,),
        published=when,
        body=((0, len(TEXT)),),
        actors=(Actor(id="a1", name=name, mentions=(span,), country=name[:40], sector=name[:40], kind="person"),),
        toponyms=(place,),
        attributions=(said,),
        events=(event,),
        incidents=(Incident(id="i1", type=name, events=("e1",)),),
    )


DOCUMENTS = [hostile(n, name) for n, name in enumerate(HARM)]
