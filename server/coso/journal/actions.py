"""Writing the journal: recording an action, sealing what was recorded, erasing a reason."""

import secrets
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from coso.journal import ports, queries, rules
from coso.journal.models import Entry, EntryRef, Reason
from coso.kit import clock
from coso.kit.refs import Ref


def record(
    verb: str, *, by: object, refs: Sequence[Ref], data: dict[str, Any] | None = None, reason: str = ""
) -> Entry:
    """Record one action in the transaction of that action.

    `by` is a person (anything with a `pk`) or one of 'system', 'resident', 'device:ID'.
    `refs` begins with the record acted on. Who acts by the post of another has that post in the entry's data.
    """
    salt = secrets.token_hex(16) if reason else ""
    now = clock.now()
    entry = Entry.objects.create(
        verb=verb,
        # Milliseconds are what the chain hashes; a finer stored value would not survive every export.
        at=now.replace(microsecond=now.microsecond // 1000 * 1000),
        actor=by if isinstance(by, str) else f"person:{getattr(by, 'pk', by)}",
        refs=[str(ref) for ref in refs],
        data=(data or {}) | ({ports.STEAD: stead} if (stead := ports.stead_of(by)) else {}),
        reason_digest=rules.reason_hash(salt=salt, reason=reason) if reason else "",
    )
    EntryRef.objects.bulk_create(EntryRef(entry=entry, ref=ref) for ref in dict.fromkeys(entry.refs))
    if reason:
        Reason.objects.create(entry=entry, salt=salt, text=reason)
    return entry


@transaction.atomic
def seal(limit: int = 1000) -> int:
    """Chain the entries that are not chained yet, oldest first; return how many.

    One sealer runs at a time: the last sealed row is locked on PostgreSQL, SQLite has one writer.
    """
    last = Entry.objects.select_for_update().exclude(number=None).order_by("-number").first()
    previous, number = (last.hash, last.number or 0) if last else (rules.GENESIS, 0)
    entries = list(Entry.objects.select_for_update().filter(number=None).order_by("at", "id")[:limit])
    for entry in entries:
        number += 1
        entry.number, entry.previous = number, previous
        entry.hash = previous = queries.hash_of(entry)
    Entry.objects.bulk_update(entries, ["number", "previous", "hash"])
    return len(entries)


def keep_head() -> None:
    """Copy the head of the chain out of the database, where it has moved since the last time.

    Whoever removes entries from the end of the chain must then change this file too; a copy of it elsewhere, or of
    what `coso journal verify` prints, is out of his reach.
    """
    head, kept = queries.head(), queries.kept_heads()
    if head is None or (kept and kept[-1].number >= head.number):
        return
    with queries.heads_file().open("a") as file:
        file.write(f"{head} {clock.iso(clock.now())}\n")


@transaction.atomic
def erase_reason(entry: Entry, *, by: object) -> None:
    """Erase the text of a reason for good; the entry and the chain stay whole."""
    Reason.objects.filter(entry=entry).update(text="", erased_at=clock.now())
    record("journal.reason_erased", by=by, refs=[Ref("entry", str(entry.pk))])
