"""Reading the journal, and proving it whole."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from coso.journal import ports, rules
from coso.journal.models import Entry
from coso.kit import clock
from coso.kit.refs import Ref


def history(ref: Ref) -> QuerySet[Entry]:
    """List the entries about a record, newest first, with their reasons joined."""
    return Entry.objects.filter(links__ref=str(ref)).select_related("reason")


@dataclass(frozen=True)
class Told:
    """One entry as the history on a record's page tells it."""

    at: datetime
    sentence: str
    by: str
    note: str
    """The reason, where it was given, not erased, and the reader may know it."""


def told(ref: Ref, *, with_reasons: bool = True, most: int = 30) -> list[Told]:
    """Tell what happened to a record, newest first; each actor is named once, however often he acted."""
    entries = list(history(ref)[:most])
    names = ports.actors_of(entries)
    return [
        Told(
            at=entry.at,
            sentence=ports.sentence_of(entry),
            by=names[ports.key_of(entry)],
            note=entry.reason.text if with_reasons and hasattr(entry, "reason") else "",
        )
        for entry in entries
    ]


@dataclass(frozen=True)
class Head:
    """The last sealed entry at some time: whoever kept it elsewhere can tell whether the chain still goes that far."""

    number: int
    hash: str

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"

    @classmethod
    def parse(cls, written: str) -> "Head":
        """Read 'NUMBER:HASH'; raise ValueError for anything else."""
        number, _colon, digest = written.strip().partition(":")
        if not re.fullmatch(r"[0-9a-f]{64}", digest):
            raise ValueError(written)
        return cls(int(number), digest)


def heads_file() -> Path:
    """Give the file to which heads are copied, a line each: in the data folder, outside the database."""
    return Path(settings.DATA) / "journal.heads"


def kept_heads() -> list[Head]:
    """List the heads that this machine copied out of the database; none where no scheduler runs."""
    path = heads_file()
    return [Head.parse(line.split()[0]) for line in path.read_text().splitlines()] if path.exists() else []


def head() -> Head | None:
    """Give the last sealed entry; None while nothing is sealed."""
    last = Entry.objects.exclude(number=None).order_by("-number").values_list("number", "hash").first()
    return Head(last[0] or 0, last[1]) if last else None


@dataclass
class Proof:
    """What a verification found."""

    sealed: int = 0
    unsealed: int = 0
    head: Head | None = None
    faults: list[str] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Whether every sealed entry is as it was written and in its place."""
        return not self.faults


def verify(entries: Iterable[Entry] | None = None, *, kept: Iterable[Head] = ()) -> Proof:
    """Recompute the chain from its first entry; name each entry that was changed, removed or moved.

    `kept` are heads that somebody kept elsewhere; those that this machine copied are looked at besides. Only they show
    that entries were removed from the end. What is not sealed yet is counted, not proved.
    """
    proof = Proof()
    promised = {head.number: head.hash for head in kept_heads()} | {head.number: head.hash for head in kept}
    previous, number = rules.GENESIS, 0
    rows = entries if entries is not None else Entry.objects.exclude(number=None).order_by("number")
    if isinstance(rows, QuerySet):
        rows = rows.select_related("reason").prefetch_related("links").iterator(chunk_size=1000)
    for entry in rows:
        number += 1
        proof.sealed += 1
        if entry.number != number:
            proof.faults.append(f"{entry.number}: expected number {number}")
            number = entry.number or number
        if entry.previous != previous:
            proof.faults.append(f"{entry.number}: does not follow the entry before it")
        if entry.hash != hash_of(entry):
            proof.faults.append(f"{entry.number}: was changed after it was sealed")
        if not _reason_holds(entry):
            proof.faults.append(f"{entry.number}: its reason was changed")
        if {link.ref for link in entry.links.all()} != set(entry.refs):
            proof.faults.append(f"{entry.number}: its links to records were changed")
        if promised.pop(entry.number or 0, entry.hash) != entry.hash:
            proof.faults.append(f"{entry.number}: another entry stood here when the head was kept")
        previous = entry.hash
        proof.head = Head(entry.number or 0, entry.hash)
    proof.faults += [f"{number}: was kept as the head and is gone" for number in sorted(promised)]
    proof.unsealed = Entry.objects.filter(number=None).count()
    return proof


def _reason_holds(entry: Entry) -> bool:
    """Tell whether the reason is the one that was hashed; what was erased leaves its row, without a text."""
    reason = getattr(entry, "reason", None)
    if reason is None:
        return not entry.reason_digest
    if reason.erased_at:
        return not reason.text
    return rules.reason_hash(salt=reason.salt, reason=reason.text) == entry.reason_digest


def hash_of(entry: Entry) -> str:
    """Compute the hash that a numbered entry must have."""
    return rules.entry_hash(
        number=entry.number or 0,
        previous=entry.previous,
        at=clock.iso(entry.at),
        verb=entry.verb,
        actor=entry.actor,
        refs=entry.refs,
        data=entry.data,
        reason_digest=entry.reason_digest,
    )
