"""The faults and notes of a plan as sentences."""

from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext as _

from coso.places.rules.changes import Fault, Note, Said, What


def day(value: date | None) -> str:
    """Write a day as people here do."""
    return value.strftime("%d/%m/%Y") if value else ""


_FAULTS: dict[What, Callable[[], str]] = {
    What.MISSING: lambda: _("There is no such unit."),
    What.NOT_YET: lambda: _("%(name)s begins on %(day)s; the change must come after that day."),
    What.SAME_DAY: lambda: _(
        "%(name)s begins on %(day)s itself, made new or by another change. A unit changes once a day: undo that change "
        "and enter both as one (a merger or a division names its units anew, a move may give another name), or take a "
        "later day."
    ),
    What.GONE: lambda: _("%(name)s no longer exists on that day: its last day was %(day)s."),
    What.ENDS_LATER: lambda: _("Another change ends %(name)s with %(day)s as its last day. Undo that one first."),
    What.PROVINCE: lambda: _("%(name)s is the province itself; it is not changed here."),
    What.NO_NAME: lambda: _("Write the name of the unit."),
    What.SAME_NAME: lambda: _("%(name)s has that name already."),
    What.NO_CODE: lambda: _("Write the code of the unit."),
    What.CODE_IN_USE: lambda: _("%(value)s is the code of %(name)s, which goes on."),
    What.CODE_TWICE: lambda: _("The code %(value)s is given to two parts."),
    What.TOO_FEW: lambda: _("At least two units are needed."),
    What.TWO_LEVELS: lambda: _("The units must be of one level."),
    What.TWO_PARENTS: lambda: _("The units lie under different units. Move them under one first."),
    What.SHARE_RANGE: lambda: _("A share lies between 0 and 100 per cent."),
    What.SHARES_SUM: lambda: _("The shares add up to %(value)s per cent, not to 100. Leave an unknown one empty."),
    What.NO_DEFAULT: lambda: _("Choose the part to which goes what cannot be divided."),
    What.NO_SUCH_PART: lambda: _("Choose a part for %(name)s."),
    What.UNDER_ITSELF: lambda: _("A unit cannot lie under itself."),
    What.SAME_PARENT: lambda: _("It lies under %(name)s already."),
    What.PARENT_LEVEL: lambda: _("%(name)s is of too low a level to have it under itself."),
    What.LEVEL_STAYS: lambda: _("Only a level between the province and the villages can be abolished."),
    What.ITS_OWN_RECEIVER: lambda: _("A unit cannot give a part to itself."),
    What.NOTHING_GOES: lambda: _("Say what goes over: villages, people, a share or an area."),
    What.ALL_GO: lambda: _("Everything under %(name)s would go. Merge the two units instead."),
    What.NOT_UNDER: lambda: _("%(name)s does not lie under %(value)s."),
    What.PEOPLE_AND_SHARE: lambda: _("Give the number of people or their share, not both."),
    What.TOO_MANY_PEOPLE: lambda: _("More than 0 and fewer than the %(value)s people of %(name)s can go over."),
    What.PEOPLE_UNKNOWN: lambda: _("The population of %(name)s is unknown; give the share, or leave both empty."),
    What.TOO_MUCH_AREA: lambda: _("More than 0 and less than the whole area of %(name)s can go over."),
    What.NO_LEVEL: lambda: _("No unit of this level exists on that day."),
}  # fmt: skip


def fault(found: Fault) -> str:
    """Word a fault."""
    return _FAULTS[found.what]() % {"name": found.name, "day": day(found.day), "value": found.value}


def note(found: Note) -> str:
    """Word what should be known before a plan is carried out."""
    if found.said == Said.OTHER_OF_NAME:
        return _("There is another %(name)s then: under %(where)s, since %(day)s. Lists tell them apart by that.") % {
            "name": found.name,
            "where": found.where,
            "day": day(found.day),
        }  # fmt: skip
    if found.said == Said.POPULATION_UNKNOWN:
        return _("The population of %(name)s is unknown, so the sum is not known either.") % {"name": found.name}
    if found.said == Said.SHARE_OF_UNITS:
        return _("The share is taken from the people of the villages that go; households are divided by it too.")
    if found.said == Said.AREA_UNKNOWN:
        return _("How much of the area of %(name)s goes over is not said, so both areas are unknown.") % {
            "name": found.name
        }
    return _("How many people of %(name)s went to which part is not said; the links are flagged.") % {
        "name": found.name
    }
