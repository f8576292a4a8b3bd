"""Doubts about a document: codes with places, for a person to look at. Sentences are made elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from .citations import Citation
from .document import Basis, Header, OfficialDocument, Signature, Task, Warning
from .kinds import kind_of_symbol
from .numbering import Marker, Rank
from .passages import Passage
from .spans import Found
from .tree import Node
from .units import names_a_body


def doubts_of_header(header: Header) -> Iterator[Warning]:
    """Doubt what the head lacks, what had to be inferred and what contradicts itself."""
    if header.issued_on is None:
        yield Warning("date_missing", ())
    if header.symbol is None:
        yield Warning("symbol_missing", ())
    if header.issuer and header.place and len(header.issuer.spans) > 1 and _shares(header.issuer, header.place):
        yield Warning("issuer_inferred", header.issuer.spans, {"issuer": header.issuer.value})
    if header.kind is not None and header.symbol is not None:
        told = kind_of_symbol(header.symbol.value)
        if told is not None and told != header.kind.value:
            yield Warning(
                "kind_contradicts_symbol",
                (*header.kind.spans, *header.symbol.spans),
                {"kind": header.kind.value, "symbol": header.symbol.value},
            )


def _shares(one: Found[str], other: Found[str]) -> bool:
    return other.spans[-1] in one.spans


def doubts_of_citations(
    issued_on: Found[date] | None, bases: Iterable[Basis], citations: Iterable[Citation]
) -> Iterator[Warning]:
    """Doubt a document that cites one dated later than itself."""
    if issued_on is None:
        return
    seen: set[str] = set()
    cited = [*(basis.citation for basis in bases if basis.citation), *citations]
    for citation in cited:
        if citation.issued_on is None or len(citation.issued_on) != len("2017-02-13"):
            continue
        if citation.issued_on > issued_on.value.isoformat() and citation.number not in seen:
            seen.add(citation.number)
            yield Warning(
                "cited_later_than_document",
                (*citation.passage.spans, *issued_on.spans),
                {
                    "document": f"{citation.kind} số {citation.number}",
                    "dated": citation.issued_on,
                    "issued_on": issued_on.value.isoformat(),
                },
            )


def doubts_of_tasks(tasks: Sequence[Task], issued_on: Found[date] | None) -> Iterator[Warning]:
    """Doubt a task without a lead, a time that isn't understood, a deadline before the document."""
    some_have_leads = any(task.lead or task.implementing for task in tasks)
    if tasks and not some_have_leads:
        yield Warning("no_leads_found", ())
    for task in tasks:
        if task.lead and not any(names_a_body(unit.value) for unit in task.lead):
            yield Warning("lead_not_a_body", task.lead[0].spans, {"ref": task.ref, "text": task.lead[0].value})
        if some_have_leads and not task.lead and not task.implementing:
            yield Warning("lead_missing", task.title.spans, {"ref": task.ref})
        if task.time is None:
            continue
        if not task.time.is_understood:
            yield Warning("time_not_understood", task.time.text.spans, {"ref": task.ref, "text": task.time.text.value})
        due = task.time.due
        if due is not None and issued_on is not None and _ends_before(due.value, issued_on.value):
            yield Warning("due_before_issue", due.spans, {"ref": task.ref, "due": due.value})


def _ends_before(due: str, issued: date) -> bool:
    if "Q" in due:
        year, quarter = due.split("-Q")
        return (int(year), int(quarter)) < (issued.year, (issued.month + 2) // 3)
    return due < issued.isoformat()[: len(due)]


def doubts_of_numbering(root: Node) -> Iterator[Warning]:
    """Doubt a count with a hole in it: a part may have been lost."""
    for node in (root, *root.walk()):
        yield from _holes([child for child in node.children if child.marker and child.marker.is_numbered])


def _holes(siblings: Sequence[Node]) -> Iterator[Warning]:
    by_rank: dict[Rank, list[Node]] = {}
    for node in siblings:
        if node.marker is not None and node.marker.rank is not Rank.DOTTED:
            by_rank.setdefault(node.marker.rank, []).append(node)
    for nodes in by_rank.values():
        for before, after in pairwise(nodes):
            if before.marker and after.marker and _leaves_out(before.marker, after.marker):
                yield Warning("numbering_hole", after.passage.spans[:1], {"after": before.ref, "before": after.ref})


def _leaves_out(before: Marker, after: Marker) -> bool:
    # A word processor goes from d straight to e.
    return after.count > before.count + 1 and (before.label, after.label) != ("d", "e")


def doubts_of_repeated(root: Node) -> Iterator[Warning]:
    """Doubt a section's number that comes twice: people who cite it may mean either."""
    seen: set[str] = set()
    for node in root.children:
        if node.marker is None or node.marker.rank is not Rank.ROMAN:
            continue
        if node.marker.label in seen:
            yield Warning("numbering_repeated", node.passage.spans[:1], {"ref": node.ref})
        seen.add(node.marker.label)


def doubts_of_second(head: Passage | None) -> Iterator[Warning]:
    """Doubt a file that holds a second document: only the first is read."""
    if head is not None:
        yield Warning("second_document", head.spans)


def doubts_of_units(document: OfficialDocument, is_known: Callable[[str], bool]) -> Iterator[Warning]:
    """Doubt leads and bodies with duties that `is_known` (the caller's register of bodies) has no match for."""
    seen: set[str] = set()
    named = [
        *((task.ref, unit) for task in document.tasks for unit in task.lead),
        *((duty.ref, unit) for duty in document.duties for unit in duty.unit),
    ]
    for ref, unit in named:
        if unit.value not in seen and not is_known(unit.value):
            seen.add(unit.value)
            yield Warning("unit_unknown", unit.spans, {"ref": ref, "unit": unit.value})


def doubts_of_past(tasks: Sequence[Task], today: date) -> Iterator[Warning]:
    """Doubt deadlines that are over today; for a document that is to become work now."""
    for task in tasks:
        if task.time is not None and task.time.due is not None and _ends_before(task.time.due.value, today):
            yield Warning("due_in_the_past", task.time.due.spans, {"ref": task.ref, "due": task.time.due.value})


def doubts_of_signature(signature: Signature, recipients: Sequence[Found[str]]) -> Iterator[Warning]:
    """Doubt a document without signer or recipients."""
    if signature.name is None:
        spans = tuple(span for role in signature.roles for span in role.spans)
        yield Warning("signer_missing", spans)
    if not recipients:
        yield Warning("recipients_missing", ())
