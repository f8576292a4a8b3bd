"""A document as plain data, with the keys that the command line promises."""

from __future__ import annotations

from typing import Any

from .document import Duty, OfficialDocument, Report, Task
from .spans import Found

Data = dict[str, Any]


def to_gold(document: OfficialDocument) -> Data:
    """Give a document as data for JSON: names as written, dates in ISO, no spans."""
    header = document.header
    return {
        "doc_type": _value(header.kind),
        "number": _value(header.number),
        "symbol": _value(header.symbol),
        "issued_on": header.issued_on.value.isoformat() if header.issued_on else None,
        "place": _value(header.place),
        "issuer": _value(header.issuer),
        "title": _value(header.title),
        "bases": [basis.text.value for basis in document.bases],
        "tasks": [_task(task) for task in document.tasks],
        "duties": [_duty(duty) for duty in document.duties],
        "funding": _values(document.funding),
        "recipients": _values(document.recipients),
        "delivery": _filled(paper=_value(document.delivery.paper), electronic=_value(document.delivery.electronic)),
        "signer": _value(document.signature.name),
        "signer_role": "; ".join(_values(document.signature.roles)) or None,
        "sections": [{"ref": section.ref, "title": section.title.value} for section in document.sections],
        "cited_documents": [
            f"{citation.title} (in {citation.ref})" if citation.ref else citation.title
            for citation in document.cited_documents
        ],
        "warnings": [
            {"code": warning.code, "spans": [list(span) for span in warning.spans], **warning.parameters}
            for warning in document.warnings
        ],
    }


def _task(task: Task) -> Data:
    return {
        "ref": task.ref,
        "title": task.title.value,
        "lead": _values(task.lead),
        "coordinating": _values(task.coordinating),
        **_filled(implementing=_values(task.implementing)),
        "time_text": _value(task.time.text) if task.time else None,
        "due": _value(task.time.due) if task.time else None,
        "recurrence": _value(task.time.recurrence) if task.time else None,
        **_filled(
            start=_value(task.time.starts) if task.time else None,
            unit_roles=[
                {"unit": role.unit.value, "role": role.role, "text": role.text.value} for role in task.unit_roles
            ],
            sub_leads=[{"unit": sub.unit.value, "text": sub.text.value} for sub in task.sub_leads],
            lead_is_request=task.lead_is_request,
            deliverable=_value(task.deliverable),
            items=_values(task.items),
        ),
    }


def _duty(duty: Duty) -> Data:
    return {
        "ref": duty.ref,
        "unit": _values(duty.unit),
        "items": [item.text.value for item in duty.items],
        **_filled(
            sub_items=[sub.text.value for item in duty.items for sub in item.sub_items],
            item_times=[
                {
                    "item": index,
                    "time_text": item.time.text.value,
                    "due": _value(item.time.due),
                    "recurrence": _value(item.time.recurrence),
                    **_filled(start=_value(item.time.starts)),
                }
                for index, item in enumerate(duty.items)
                if item.time
            ],
            coordinating=_values(duty.coordinating),
            request=duty.is_request,
            recurrence=_value(duty.recurrence),
            report=_report(duty.report) if duty.report else None,
        ),
    }


def _report(report: Report) -> Data:
    return {
        "text": report.text.value,
        "recurrence": _value(report.recurrence),
        **_filled(to=_value(report.to), via=_value(report.via)),
    }


def _value(found: Found[str] | None) -> str | None:
    return found.value if found is not None else None


def _values(found: tuple[Found[str], ...]) -> list[str]:
    return [one.value for one in found]


def _filled(**data: object) -> Data:
    """Leave out what is empty: these keys are given only where the document says something."""
    return {key: value for key, value in data.items() if value}
