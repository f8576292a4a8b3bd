"""Reading the use of institutions: what was counted by month, where the mobile teams went."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from coso.organizations import policies
from coso.places.models import Place
from coso.registry.models import Facility, MonthOfUse, Tour
from coso.registry.queries.facilities import facilities_edited_by, facilities_seen_by, within
from coso.registry.rules import kinds, usage


@dataclass(frozen=True)
class Months:
    """What a facility counted in some months, each list as long as `months`; None where nothing was told."""

    months: list[date]
    told: list[MonthOfUse | None]

    def series(self, name: str) -> list[int]:
        """Give one count month by month; 0 where nothing was told."""
        return [getattr(row, name) if row else 0 for row in self.told]

    def total(self, name: str) -> int:
        """Add one count up."""
        return sum(self.series(name))


def months_of(facility: Facility, today: date) -> Months:
    """Give the last twelve months of a facility, oldest first."""
    months = usage.shown_months(today)
    rows = {row.month: row for row in facility.months.filter(month__gte=months[0], month__lte=months[-1])}
    return Months(months, [rows.get(month) for month in months])


def told_in(month: date, facilities: Iterable[Facility]) -> dict[int, MonthOfUse]:
    """Give what was told of facilities in a month, by facility."""
    return {row.facility_id: row for row in MonthOfUse.objects.filter(month=month, facility__in=list(facilities))}


def counting_in(person: object, commune: Place) -> QuerySet[Facility]:
    """List the facilities of a commune whose months a person may tell: open to people and not closed."""
    return facilities_edited_by(person).filter(
        within(commune), kind__in=kinds.codes_of(*kinds.OPEN_TO_PEOPLE), closed_on=None
    )


def use_seen_by(person: object, today: date) -> QuerySet[Facility]:
    """List the facilities that count by month with their sums of twelve months and the last month told."""
    months = usage.shown_months(today)
    rows = MonthOfUse.objects.filter(facility=OuterRef("pk"), month__gte=months[0]).order_by().values("facility")

    def summed(name: str) -> Coalesce:
        return Coalesce(Subquery(rows.annotate(found=Sum(name)).values("found")), 0)

    return (
        facilities_seen_by(person)
        .filter(kind__in=kinds.codes_of(*kinds.OPEN_TO_PEOPLE), closed_on=None)
        .annotate(
            activities_12=summed("activities"),
            visits_12=summed("visits"),
            loans_12=summed("loans"),
            last_told=Subquery(
                MonthOfUse.objects.filter(facility=OuterRef("pk"))
                .order_by()
                .values("facility")
                .annotate(found=Max("month"))
                .values("found")
            ),
        )
    )


def tours_seen_by(person: object) -> QuerySet[Tour]:
    """List the tours of the teams within a person's scope, newest first."""
    found = Tour.objects.select_related("team", "place__parent")
    return found.filter(policies.scope(person, "registry.read", "team__place__path"))


def teams_edited_by(person: object) -> QuerySet[Facility]:
    """List the mobile teams whose tours a person may tell."""
    return facilities_edited_by(person).filter(kind__in=kinds.codes_of("team"), closed_on=None)
