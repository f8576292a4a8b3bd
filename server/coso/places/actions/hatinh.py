"""Loading the four states of Hà Tĩnh that come with the system."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from django.db import transaction

from coso.journal.actions import record
from coso.kit.refs import Ref
from coso.places import adapters
from coso.places.actions.currents import refresh_currents
from coso.places.actions.rows import create_rows
from coso.places.models import Level, Place, Succession
from coso.places.rules import names
from coso.places.rules.spans import Span, is_valid, spans

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Loaded:
    """How many rows a load added; none when everything was there."""

    places: int
    successions: int


@transaction.atomic
def load_hatinh() -> Loaded:
    """Load the dated units of Hà Tĩnh and what followed what; loading again adds only what is missing.

    Rows that are there stay as they are, so what an office corrected is kept.
    """
    found = spans(adapters.snapshots())
    rows, added = _places(found)
    links = _Links(found)
    links.by_code()
    links.by_name()
    links.of_districts()
    links.of_2025()
    fresh = [
        Succession(predecessor=rows[id(link.old)], successor=rows[id(link.new)], **link.fields)
        for link in links.made
        if id(link.old) in added or id(link.new) in added
    ]
    Succession.objects.bulk_create(fresh)
    if added:
        refresh_currents()
        subject = Ref("place", str(rows[id(found[0])].pk))
        record("places.loaded", by="system", refs=[subject], data={"places": len(added), "successions": len(fresh)})
    return Loaded(len(added), len(fresh))


def _places(found: list[Span]) -> tuple[dict[int, Place], set[int]]:
    """Give each span its row, storing those that are missing; say which were."""
    stored = {(p.code, p.name, p.parent_id): p for p in Place.objects.exclude(level=Level.VILLAGE)}
    centres = adapters.centres()
    rows: dict[int, Place] = {}
    added: set[int] = set()
    for level in (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE):
        fresh = []
        for span in (s for s in found if s.level == level):
            parent = rows[id(span.parent)] if span.parent else None
            row = stored.get((span.code, span.name, parent.pk if parent else None))
            if row is None:
                row = _row(span, parent, centres)
                fresh.append(row)
                added.add(id(span))
            rows[id(span)] = row
        create_rows(fresh)
    return rows, added


def _row(span: Span, parent: Place | None, centres: dict[tuple[date, str], adapters.Centre]) -> Place:
    # The centre of the last list in which the unit stands: older lists give none.
    known = [centre for (day, code), centre in centres.items() if code == span.code and _lasts(span, day)]
    centre = known[-1] if known else None
    return Place(
        code=span.code,
        name=span.name,
        level=span.level,
        parent=parent,
        valid_from=span.begins,
        valid_to=span.ends,
        dates_verified=span.verified,
        latitude=centre.latitude if centre else None,
        longitude=centre.longitude if centre else None,
        area_km2=centre.area_km2 if centre else None,
        source=adapters.SOURCES[span.begins],
    )


def _lasts(span: Span, day: date) -> bool:
    return is_valid(span.begins, span.ends, day)


@dataclass(frozen=True)
class _Link:
    old: Span
    new: Span
    fields: dict[str, object]


class _Links:
    """Collects what followed what, each with its ground."""

    def __init__(self, found: list[Span]) -> None:
        self.made: list[_Link] = []
        self.by: dict[str, list[Span]] = defaultdict(list)
        for span in found:
            self.by[span.code].append(span)

    def on(self, code: str, day: date) -> Span | None:
        """Give the span that has a code on a day."""
        return next((span for span in self.by[code] if _lasts(span, day)), None)

    def add(self, old: Span, new: Span, source: str, **fields: object) -> None:
        """Note one link."""
        self.made.append(_Link(old, new, {"source": source, **fields}))

    def by_code(self) -> None:
        """Link a unit to the one that has its code next, until 2025: codes stay with the merged unit.

        Where the name itself went on the link is sure; where it changed, the code is the only ground.
        """
        for following in self.by.values():
            for old, new in pairwise(following):
                if old.ends is None or old.ends + ONE_DAY != new.begins or new.begins == adapters.TWO_LEVELS:
                    continue
                sure = names.bare(old.name) == names.bare(new.name)
                source = "Cùng mã, cùng tên" if sure else "Cùng mã, tên đã đổi; chưa xác minh"
                self.add(old, new, source, is_verified=sure)

    def by_name(self) -> None:
        """Link a unit whose code vanished to the neighbour whose new name carries a word of its own."""
        for day in (adapters.FROM_2020, adapters.FROM_EARLY_2025):
            before: dict[str, dict[str, str]] = defaultdict(dict)
            after: dict[str, dict[str, str]] = defaultdict(dict)
            for code in list(self.by):
                old, new = self.on(code, day - ONE_DAY), self.on(code, day)
                if old is None or old.level != Level.COMMUNE or old.parent is None:
                    continue
                before[old.parent.code][code] = old.name
                if new is not None:
                    after[old.parent.code][code] = new.name
            for district, units in before.items():
                for gone, heir in names.joined_from(units, after[district]).items():
                    old, new = self.on(gone, day - ONE_DAY), self.on(heir, day)
                    if old and new:
                        self.add(old, new, "Suy ra từ tên trong cùng huyện; chưa xác minh", is_verified=False)

    def of_districts(self) -> None:
        """Link a district that ended while districts went on to those that its communes came to."""
        heirs: dict[tuple[int, int], _Link] = {}
        for link in list(self.made):
            old, new = link.old.parent, link.new.parent
            if old and new and old.level == new.level == Level.DISTRICT and old.ends == link.old.ends:
                heirs[id(old), id(new)] = _Link(old, new, {})
        for link in heirs.values():
            alone = sum(1 for other in heirs.values() if other.old is link.old) == 1
            source = "Suy ra từ các xã của huyện; chưa xác minh"
            self.add(link.old, link.new, source, is_whole=alone, is_verified=False, is_default=alone)

    def of_2025(self) -> None:
        """Link the communes of early 2025 to those of 01/7/2025, whole or in part."""
        for link in adapters.links():
            old = self.on(link.old, adapters.TWO_LEVELS - ONE_DAY)
            new = self.on(link.new, adapters.TWO_LEVELS)
            if old and new:
                source = adapters.SOURCES[adapters.TWO_LEVELS]
                self.add(old, new, source, is_whole=link.whole, is_default=link.default)
