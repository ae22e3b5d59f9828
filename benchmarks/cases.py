"""How many of our own cases are read right: the status of events and who tells them, in sentences and short documents.

    python benchmarks/cases.py [PREFIX]

PREFIX chooses the documents whose id begins with it. Status: the share of the events asked for whose status is right,
an event that is not found is wrong. Source: the share of events with the right chain of voices, and of claims with
the right source.
"""

import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import byline
from tests.documents import ShortDocument, attribution_of, faults, is_named, names_of, read_documents


def marks(asked: ShortDocument) -> Counter[str]:
    """Return how many statuses, voices and sources a document asks for, and how many are right."""
    coded = byline.code(asked.text, published=asked.published)
    wrong = Counter(fault.finder for fault in faults(asked, coded) if "told as having" not in fault.what)
    found = {fault.what.split(":")[0] for fault in faults(asked, coded) if fault.what.endswith(": not found")}
    voices = sum(event.voices is not None for event in asked.events)
    unheard = sum(event.voices is not None and event.trigger in found for event in asked.events)
    said = [(claim, attribution_of(claim, coded)) for claim in asked.claims]
    return Counter({
        "status, asked": len(asked.events), "status, right": len(asked.events) - wrong["status"],
        "not found": len({e.trigger for e in asked.events} & found),
        "voices, asked": voices - unheard, "voices, right": voices - unheard - wrong["voices"],
        "sources, asked": len(said),
        "sources, right": sum(a is not None and is_named(c.source, names_of(a.source, coded)) for c, a in said),
    })  # fmt: skip


def main() -> None:
    """Print the shares."""
    prefix = sys.argv[1] if len(sys.argv) > 1 else ""
    chosen = [d for d in read_documents() if d.id.startswith(prefix)]
    total = sum((marks(d) for d in chosen), Counter())
    for name in ("status", "voices", "sources"):
        right, asked = total[f"{name}, right"], total[f"{name}, asked"]
        sys.stdout.write(f"{name:8} {100 * right / max(asked, 1):5.1f} % of {asked}\n")
    asked = total["status, asked"] - total["not found"]
    right = 100 * total["status, right"] / max(asked, 1)
    sys.stdout.write(f"{len(chosen)} documents; {total['not found']} events not found; of the others {right:.1f} %\n")


if __name__ == "__main__":
    main()
