"""What the reports of one happening say of it, taken together: sources, values with their sayers, disagreement.

Records for pages and exports, JSON both ways. They are views: worked out from the reports whenever they are asked
for, never stored as truth. Spans are of the document's frozen text.
"""

from typing import Literal

from byline.records import Interval, PlacePrecision, Record, Span, Stance

SourceKind = Literal["outlet", "quoted", "unnamed"]
RelationKind = Literal["same", "more precise", "compatible", "different", "contradictory"]
Mark = Literal["running", "latest", "contradictory"]
Rule = Literal["latest", "most_told", "lowest_independent", "latest_official", "median", "range"]


class Use(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A report that rests on a source. ``called`` is what it calls the source, ``via`` who passed it on.

    ``again`` says why the report does not count again, None where it is the first to bring the source.
    """

    report: str
    document: str
    file: str
    outlet: str | None = None
    called: str | None = None
    via: tuple[str, ...] = ()
    again: str | None = None


class Source(Record, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody who tells of the happening or denies it: the fullest name, and the reports that rest on them.

    ``kind``: an outlet in its own voice, somebody quoted, or somebody unnamed ("reportedly"). ``independent`` is
    whether it counts among the independent sources; if not, ``why`` says what it may rest on.
    """

    id: str
    name: str
    kind: SourceKind
    country: str | None = None
    sector: str | None = None
    independent: bool = False
    why: str | None = None
    tells: tuple[Use, ...] = ()
    denies: tuple[Use, ...] = ()


class Standing(Record, frozen=True, kw_only=True, omit_defaults=True):
    """How one report stands to the happening; it may attribute and deny at once.

    ``asserts``: the outlet tells it in its own voice, or a source does and nobody in the document denies it.
    ``attributes``: it lays it on a source. ``denies``: it is denied there. ``again`` says why the report brings no
    source that an earlier one has not brought.
    """

    report: str
    document: str
    file: str
    outlet: str | None = None
    published: Interval | None = None
    asserts: bool = False
    attributes: bool = False
    denies: bool = False
    sources: tuple[str, ...] = ()
    again: str | None = None


class Corroboration(Record, frozen=True, kw_only=True, omit_defaults=True):
    """How many tell of a happening: documents, texts (copies once), outlets, and independent sources.

    ``denying`` counts the sources that deny it, apart. ``outlets`` counts the unknown ones as one.
    """

    reports: int
    texts: int
    outlets: int
    independent: int
    denying: int = 0
    sources: tuple[Source, ...] = ()
    standings: tuple[Standing, ...] = ()


class Saying(Record, frozen=True, kw_only=True, omit_defaults=True):
    """Who says one value, where and when. ``source`` is the id of a `Source`; ``name`` what the document calls it.

    ``event`` is the uid of the event that tells it; ``span`` and ``text`` are the words of the document.
    ``published`` is the document's date. ``sector`` is the source's; ``independent``: it counts among the independent
    ones. ``corrects``: the words correct what was reported before.
    """

    source: str
    name: str
    sector: str | None = None
    independent: bool = False
    stance: Stance = "reported"
    via: tuple[str, ...] = ()
    outlet: str | None = None
    report: str
    document: str
    file: str
    published: Interval | None = None
    event: str | None = None
    span: Span | None = None
    text: str | None = None
    corrects: bool = False


class Value(Record, frozen=True, kw_only=True, omit_defaults=True):
    """One value of a field and all who say it. ``text`` is the value for people.

    A toll has ``low``, ``best`` and ``high`` (None: an open top) and a ``mark``: "running", where a later figure took
    its place; "contradictory", where it stands against another; else "latest". A date has ``start`` and ``end``,
    a place its ``precision`` and, unless it is a whole country or region, ``latitude`` and ``longitude`` in degrees.
    """

    id: str
    text: str
    sayings: tuple[Saying, ...]
    low: int | None = None
    best: int | None = None
    high: int | None = None
    mark: Mark | None = None
    start: str | None = None
    end: str | None = None
    precision: PlacePrecision | None = None
    latitude: float | None = None
    longitude: float | None = None

    @property
    def sources(self) -> frozenset[str]:
        """The ids of the sources that say it."""
        return frozenset(s.source for s in self.sayings)


class Relation(Record, frozen=True, kw_only=True):
    """How two values of a field go together.

    "more precise": ``one`` is within ``other``; "different": both may be true. ``independent``: different sources
    say them. ``why`` gives the reason in words.
    """

    one: str
    other: str
    kind: RelationKind
    why: str
    independent: bool


class Denial(Record, frozen=True, kw_only=True):
    """Somebody denies what others tell: none where the archive has nobody who tells it."""

    by: Saying
    of: tuple[Saying, ...]


class Contest(Record, frozen=True, kw_only=True, omit_defaults=True):
    """The values of one field, those that most sources say first, and how they go together.

    ``field`` is date, place, actor, recipient, type, status, purpose, or what is counted: killed, wounded, ....
    ``contested``: independent sources contradict each other, or somebody denies it.
    """

    field: str
    values: tuple[Value, ...]
    relations: tuple[Relation, ...] = ()
    denials: tuple[Denial, ...] = ()
    contested: bool = False


class Range(Record, frozen=True, kw_only=True):
    """What a rule makes of a toll: bounds, the single figure in them, and the ids of the values that it rests on."""

    rule: Rule
    low: int
    best: int
    high: int | None
    values: tuple[str, ...]


class Reason(Record, frozen=True, kw_only=True):
    """One thing that speaks for (above nought) or against two reports being of one happening."""

    name: str
    weight: float
    words: str


class Tie(Record, frozen=True, kw_only=True):
    """How near a report, or all reports of another incident, is to the reports of an incident.

    ``mean`` is the mean score over all pairs, of which one that was not compared counts as nought; ``score`` and
    ``reasons`` are those of the nearest pair, ``report`` and ``nearest``, by their uids. ``incident`` is the other
    incident, None for a report of the incident itself; ``title`` says which it is.
    """

    report: str
    nearest: str
    title: str
    incident: str | None = None
    mean: float
    score: float
    reasons: tuple[Reason, ...]


class Ties(Record, frozen=True, kw_only=True):
    """Why the reports of an incident are together, and why those of the nearest others are not.

    Groups whose ``mean`` is ``least`` or more are joined. ``decisions`` are ids of what reviewers decided on them.
    """

    incident: str
    least: float
    own: tuple[Tie, ...]
    others: tuple[Tie, ...]
    decisions: tuple[str, ...]
