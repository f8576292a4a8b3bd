"""Where each value of a document stands in its text, by the way to it in the plain data of `to_gold`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from .document import Duty, DutyItem, OfficialDocument, Task
from .spans import Found

Spans = list[list[int]]


def whereabouts(document: OfficialDocument) -> dict[str, Spans]:
    """Give the spans of each value: {'number': [[40, 42]], 'tasks.2.lead.0': [[910, 938]], …}."""
    return {
        way: [list(span) for span in found.spans] for way, found in _all(document) if found is not None and found.spans
    }


def _all(document: OfficialDocument) -> Iterator[tuple[str, Found[Any] | None]]:
    header = document.header
    yield "doc_type", header.kind
    yield "number", header.number
    yield "symbol", header.symbol
    yield "issued_on", header.issued_on
    yield "place", header.place
    yield "issuer", header.issuer
    yield "title", header.title
    yield from _many("bases", (basis.text for basis in document.bases))
    for i, task in enumerate(document.tasks):
        yield from _task(f"tasks.{i}", task)
    for i, duty in enumerate(document.duties):
        yield from _duty(f"duties.{i}", duty)
    yield from _many("funding", document.funding)
    yield from _many("recipients", document.recipients)
    yield "signer", document.signature.name


def _many(way: str, found: Iterable[Found[Any]]) -> Iterator[tuple[str, Found[Any] | None]]:
    for i, one in enumerate(found):
        yield f"{way}.{i}", one


def _task(way: str, task: Task) -> Iterator[tuple[str, Found[Any] | None]]:
    yield f"{way}.title", task.title
    yield from _many(f"{way}.lead", task.lead)
    yield from _many(f"{way}.coordinating", task.coordinating)
    yield from _many(f"{way}.implementing", task.implementing)
    if task.time:
        yield f"{way}.time_text", task.time.text
        yield f"{way}.due", task.time.due
        yield f"{way}.recurrence", task.time.recurrence
    for i, sub in enumerate(task.sub_leads):
        yield f"{way}.sub_leads.{i}", sub.text


def _duty(way: str, duty: Duty) -> Iterator[tuple[str, Found[Any] | None]]:
    yield from _many(f"{way}.unit", duty.unit)
    yield from _many(f"{way}.items", (item.text for item in duty.items))
    yield from _many(f"{way}.sub_items", (sub.text for item in duty.items for sub in _sub_items(item)))
    yield from _many(f"{way}.coordinating", duty.coordinating)
    yield f"{way}.recurrence", duty.recurrence
    times = [item.time for item in duty.items if item.time]
    for i, time in enumerate(times):
        yield f"{way}.item_times.{i}.time_text", time.text
        yield f"{way}.item_times.{i}.due", time.due


def _sub_items(item: DutyItem) -> tuple[DutyItem, ...]:
    return item.sub_items
