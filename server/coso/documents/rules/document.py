"""What the reader gives: an official document as structure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from .citations import Citation
from .spans import Found, Span
from .times import Time


@dataclass(frozen=True)
class UnitRole:
    """What one body (or several named together) is told to do within a task; `role` is lead or coordinating."""

    unit: Found[str]
    role: str
    text: Found[str]


@dataclass(frozen=True)
class SubLead:
    """A lead that answers for a stated part of a task."""

    unit: Found[str]
    text: Found[str]


@dataclass(frozen=True)
class Task:
    """Something to be done: who leads, who helps, until when or how often."""

    ref: str
    title: Found[str]
    lead: tuple[Found[str], ...] = ()
    coordinating: tuple[Found[str], ...] = ()
    implementing: tuple[Found[str], ...] = ()
    time: Time | None = None
    unit_roles: tuple[UnitRole, ...] = ()
    sub_leads: tuple[SubLead, ...] = ()
    lead_is_request: bool = False
    deliverable: Found[str] | None = None
    detail: Found[str] | None = None
    items: tuple[Found[str], ...] = ()


@dataclass(frozen=True)
class Report:
    """A report that is owed: to whom, through whom, how often."""

    text: Found[str]
    recurrence: Found[str] | None
    to: Found[str] | None
    via: Found[str] | None


@dataclass(frozen=True)
class DutyItem:
    """One thing a body has to do; `note` is a closing remark in brackets, `time` when it says one of its own."""

    text: Found[str]
    note: Found[str] | None = None
    coordinating: tuple[Found[str], ...] = ()
    recurrence: Found[str] | None = None
    report: Report | None = None
    sub_items: tuple[DutyItem, ...] = ()
    time: Time | None = None


@dataclass(frozen=True)
class Duty:
    """What a body (or several) has to do under this document."""

    ref: str
    unit: tuple[Found[str], ...]
    items: tuple[DutyItem, ...]
    is_request: bool = False
    coordinating: tuple[Found[str], ...] = ()
    recurrence: Found[str] | None = None
    report: Report | None = None


@dataclass(frozen=True)
class Section:
    """A heading of the body."""

    ref: str
    title: Found[str]


@dataclass(frozen=True)
class Basis:
    """A document that this one rests on."""

    text: Found[str]
    citation: Citation | None = None


@dataclass(frozen=True)
class Delivery:
    """Who gets the document on paper and who by wire, where it says so."""

    paper: Found[str] | None = None
    electronic: Found[str] | None = None


@dataclass(frozen=True)
class Signature:
    """Who signed and in what capacity (TM., KT., TL., TUQ. and the post), one line each."""

    name: Found[str] | None
    roles: tuple[Found[str], ...] = ()


@dataclass(frozen=True)
class Warning:
    """A doubt: a code, the places it is about, and what a sentence about it needs to say."""

    code: str
    spans: tuple[Span, ...]
    parameters: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Header:
    """The head of a document."""

    kind: Found[str] | None = None
    number: Found[str] | None = None
    symbol: Found[str] | None = None
    issued_on: Found[date] | None = None
    place: Found[str] | None = None
    issuer: Found[str] | None = None
    title: Found[str] | None = None
    incoming_stamp: tuple[Found[str], ...] = ()


@dataclass(frozen=True)
class OfficialDocument:
    """An official document; every value keeps its spans in the text that was read."""

    header: Header
    bases: tuple[Basis, ...]
    sections: tuple[Section, ...]
    tasks: tuple[Task, ...]
    duties: tuple[Duty, ...]
    funding: tuple[Found[str], ...]
    recipients: tuple[Found[str], ...]
    delivery: Delivery
    signature: Signature
    cited_documents: tuple[Citation, ...]
    warnings: tuple[Warning, ...]
