"""Linking and corroboration on a generated archive with known truth, and what linking costs at scale.

    python benchmarks/incidents.py [PLOTS] [--held-out]       # 200 plots; --held-out: the other half of the patterns
    python benchmarks/incidents.py --scale [MENTIONS ...]     # 1000 10000 100000 if none are given

1. The texts of `retellings.py` are coded, and their reports linked. A report is held against the truth by the
   sentences in which its triggers stand: two reports of one happening are a pair to find. A report that has another
   type than its happening (an inquiry into a raid) is a deed of its own; its pairs with the happening do not count.
2. Reports with the density of world news (`worldnews.py`) are linked in memory: seconds of the processor, peak memory.

Each line of output is JSON.
"""

import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from retellings import WITNESS, Printed, Retold, Writer
from saying import show
from worldnews import mentions

from byline.linking.incidents import link
from byline.linking.parts import part_of
from byline.linking.reports import Report, reports_of
from byline.linking.sources import corroborate
from byline.records import CodedDocument, Failure, Span
from byline.run.job import Settings, coder_of
from byline.run.linking import link as link_archive
from byline.run.program import edition_of
from byline.store import Archive

PLOTS, SEED, HELD_OUT_SEED = 200, 7, 1007
SIZES = (1_000, 10_000, 100_000)
SHUFFLES, A_BATCH = 3, 100
TYPES = {
    "attack": {"ASSAULT"},
    "killing": {"ASSAULT"},
    "arrest": {"COERCE", "SANCTION"},
    "protest": {"PROTEST"},
    "strike": {"PROTEST"},
    "agreement": {"AGREE", "CONSULT", "COOPERATE", "SUPPORT"},
    "statement": {"ACCUSE", "REJECT"},
}
Group = tuple[Report, ...]
Figures = dict[str, object]


class Truth(NamedTuple):
    """What a report tells: a happening's id, with its type if that is another one; `mixed`: more than one happening."""

    label: str
    mixed: bool = False


def main() -> None:
    """Measure and print."""
    arguments = [a for a in sys.argv[1:] if not a.startswith("--")]
    if "--one-size" in sys.argv:
        show(cost(int(arguments[0])))
    elif "--scale" in sys.argv:
        for size in arguments or map(str, SIZES):
            command = [sys.executable, __file__, "--one-size", size]  # in a process of its own: peak memory
            subprocess.run(command, check=True)  # noqa: S603 -- ourselves
    else:
        held_out = "--held-out" in sys.argv
        archive = Writer(HELD_OUT_SEED if held_out else SEED, held_out=held_out).archive(int((arguments or [PLOTS])[0]))
        for figures in measured(archive, coded(archive)):
            show(figures)


def coded(archive: Retold) -> list[CodedDocument]:
    """Return the documents as the program codes them."""
    found = list(coder_of(Settings()).code_all(p.document for p in archive.printed))
    failures = [d for d in found if isinstance(d, Failure)]
    if failures:
        raise RuntimeError(failures[0].reason)
    return [d for d in found if isinstance(d, CodedDocument)]


def measured(archive: Retold, documents: Sequence[CodedDocument]) -> Iterator[Figures]:
    """Yield all figures of an archive."""
    yield {"documents": len(documents), "happenings": len(archive.happenings)} | recall_of_mentions(archive, documents)
    reports = [r for d in documents for r in reports_of(d)]
    truth = truths(archive, documents)
    groups = link(reports)
    yield pairs(groups, truth)
    yield parts(groups, truth, archive)
    yield sources(groups, truth, archive)
    yield order(reports, groups)
    yield in_archive(documents, groups)


def truths(archive: Retold, documents: Iterable[CodedDocument]) -> dict[tuple[str, str], Truth]:
    """Return by source and id what each report tells: what most of its events do, of equals the first."""
    found = {}
    for printed, document in zip(archive.printed, documents, strict=True):
        triggers = {e.id: e.trigger.span for e in document.events}
        for report in reports_of(document):
            told = Counter(_told(printed, archive, t.type, triggers[t.event]) for t in report.tellings)
            happenings = {label.partition(":")[0] for label in told}
            found[key(report)] = Truth(told.most_common(1)[0][0], len(happenings) > 1)
    return found


def _told(printed: Printed, archive: Retold, kind: str, trigger: Span) -> str:
    """Return what the sentence of a trigger tells, and the event's type if that is not the happening's."""
    tells = next(s.tells for span, s in printed.told if span[0] <= trigger[0] < span[1])
    happening = archive.happenings.get(tells)
    return tells if happening and kind in TYPES[happening.kind] else f"{tells}:{kind}"


def key(report: Report) -> tuple[str, str]:
    """Return what tells a report from all others, copies of its text among them."""
    return report.source, report.id


def recall_of_mentions(archive: Retold, documents: Iterable[CodedDocument]) -> Figures:
    """Return how many of the tellings of a happening in a document the coder finds, by kind."""
    told, found = Counter[str](), Counter[str]()
    for printed, document in zip(archive.printed, documents, strict=True):
        here = {s.tells for _, s in printed.told if s.tells in archive.happenings}
        coded = {_told(printed, archive, e.type, e.trigger.span) for e in document.events}
        told.update(archive.happenings[h].kind for h in here)
        found.update(archive.happenings[h].kind for h in here & coded)
    kinds = {kind: f"{found[kind]} of {told[kind]}" for kind in TYPES}
    return {"mentions_found": share(found.total(), told.total()), "by_kind": kinds}


def pairs(groups: Sequence[Group], truth: dict[tuple[str, str], Truth]) -> Figures:
    """Return precision and recall of pairs of reports; across documents alone, too."""
    right, linked, wanted = Counter[bool](), Counter[bool](), Counter[bool]()
    of_label: defaultdict[str, list[Report]] = defaultdict(list)
    for group in groups:
        for report in group:
            of_label[truth[key(report)].label].append(report)
        for one, other in combinations(group, 2):
            labels = truth[key(one)].label, truth[key(other)].label
            if labels[0] == labels[1] or labels[0].partition(":")[0] != labels[1].partition(":")[0]:
                linked[one.source != other.source] += 1
                right[one.source != other.source] += labels[0] == labels[1]
    for reports in of_label.values():
        wanted.update(one.source != other.source for one, other in combinations(reports, 2))
    return {
        "reports": len(truth),
        "mixed_by_the_coder": sum(t.mixed for t in truth.values()),
        "incidents": len(groups),
        "precision": share(right.total(), linked.total()),
        "recall": share(right.total(), wanted.total()),
        "precision_across_documents": share(right[True], linked[True]),
        "recall_across_documents": share(right[True], wanted[True]),
    }


def label_of(group: Group, truth: dict[tuple[str, str], Truth]) -> str:
    """Return what most reports of an incident tell."""
    return Counter(truth[key(r)].label for r in group).most_common(1)[0][0]


def parts(groups: Sequence[Group], truth: dict[tuple[str, str], Truth], archive: Retold) -> Figures:
    """Return how many links of a part to its whole, or to what that is part of, are found, and how many are right."""
    labels = {group[0].id: label_of(group, truth) for group in groups}
    found = {(labels[part], labels[whole]) for part, whole in part_of(groups).items()}
    wholes = {h.id: h.whole for h in archive.happenings.values() if h.whole}
    allowed = {part: {whole, wholes.get(whole)} for part, whole in wholes.items()}
    right = [(part, whole) for part, whole in found if whole in allowed.get(part, ())]
    told = {t.label for t in truth.values()}
    told = {part for part in told & wholes.keys() if wholes[part] in told}
    return {
        "parts_found": share(len({part for part, _ in right}), len(told)),
        "part_links_right": share(len(right), len(found)),
    }


def sources(groups: Sequence[Group], truth: dict[tuple[str, str], Truth], archive: Retold) -> Figures:
    """Return of how many happenings the independent sources are counted right.

    "linked right": all reports of a happening, and nothing else, are one incident; the count is held against
    the documents whose reports were found. "over all": of every happening, in the incident that has most of its
    reports, against all documents that tell of it.
    """
    printed = {p.document.source: p for p in archive.printed}
    of_label: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for i, group in enumerate(groups):
        for report in group:
            of_label[truth[key(report)].label][i] += 1
    counted, right = Counter[str](), Counter[str]()
    for happening in archive.happenings.keys() & of_label.keys():
        incident = groups[of_label[happening].most_common(1)[0][0]]
        count = corroborate(incident).independent
        clean = all(truth[key(r)].label.partition(":")[0] == happening for r in incident)
        if clean and len(of_label[happening]) == 1:
            counted["linked right"] += 1
            right["linked right"] += count == independent(happening, [printed[r.source] for r in incident])
        counted["over all"] += 1
        right["over all"] += count == independent(happening, archive.printed)
    return {
        "incidents_linked_right": share(counted["linked right"], counted["over all"]),
        "sources_right_where_linked_right": share(right["linked right"], counted["linked right"]),
        "sources_right_over_all": share(right["over all"], counted["over all"]),
    }


def independent(happening: str, documents: Iterable[Printed]) -> int:
    """Return how many independent sources tell of a happening.

    All that an outlet tells of it is one source, and an agency's text is the agency's whoever prints it. If an outlet
    quotes officials or organisations, it may have all of it from them: they are the sources then, each once,
    whoever quotes them. A witness is a source beside those, but part of the voice of an outlet that quotes
    nobody else. Who denies it is no source for it.
    """
    quoted: defaultdict[str, set[str]] = defaultdict(set)
    for printed in documents:
        for _, sentence in printed.told:
            if sentence.tells == happening and not sentence.denies:
                quoted[printed.author] |= {sentence.source} if sentence.source else set()
    own = {outlet: sources for outlet, sources in quoted.items() if sources <= {WITNESS}}
    others = set().union(*quoted.values())
    return len(own) + len(others - {WITNESS} if WITNESS in set().union(*own.values()) else others)


def order(reports: Sequence[Report], groups: Sequence[Group]) -> Figures:
    """Return how often linking gives the same incidents whatever the order of the reports."""
    dice = random.Random(1)  # noqa: S311 -- no secret
    names = [[key(r) for r in group] for group in groups]
    same = 0
    for _ in range(SHUFFLES):
        shuffled = dice.sample(reports, len(reports))
        same += [[key(r) for r in group] for group in link(shuffled)] == names
    return {"same_in_any_order": share(same, SHUFFLES)}


def in_archive(documents: Sequence[CodedDocument], groups: Sequence[Group]) -> Figures:
    """Return whether an archive into which the documents come day by day has the same incidents, and its cost."""
    seconds = 0.0
    with tempfile.TemporaryDirectory() as folder, Archive.open(Path(folder, "a.byline"), write=True) as archive:
        edition = archive.add_edition(edition_of(Settings()))
        run = archive.begin_run(edition, "{}", "2019-07-01T00:00:00+00:00")
        for batch in batched(documents, A_BATCH):
            with archive.batch():
                for document in batch:
                    archive.add(document, edition, run)
            begin = time.process_time()
            link_archive(archive)
            seconds += time.process_time() - begin
        found = defaultdict(set)
        query = "SELECT r.incident, d.source FROM reports r JOIN documents d ON d.id = r.document"
        for number, source in archive.execute(query):
            found[number].add(source)
    same = {frozenset(s) for s in found.values()} == {frozenset(r.source for r in group) for group in groups}
    return {"archive_has_the_same_incidents": same, "processor_seconds_to_link_into_it": round(seconds, 1)}


def batched(documents: Sequence[CodedDocument], size: int) -> Iterator[Sequence[CodedDocument]]:
    """Yield documents some at a time."""
    return (documents[i : i + size] for i in range(0, len(documents), size))


def cost(size: int) -> Figures:
    """Return what it costs to link so many reports."""
    reports = mentions(size)
    before = _memory()
    begin = time.process_time()
    groups = link(reports)
    seconds = time.process_time() - begin
    return {
        "mentions": size,
        "incidents": len(groups),
        "processor_seconds": round(seconds, 1),
        "mentions_a_second": round(size / seconds),
        "peak_memory_mb": _memory(),
        "of_it_the_reports_mb": before,
    }


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def share(part: int, of: int) -> str:
    """Return a share with its counts."""
    return f"{part / of:.3f} ({part} of {of})" if of else "none"


if __name__ == "__main__":
    main()
