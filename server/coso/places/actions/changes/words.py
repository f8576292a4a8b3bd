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
    return _("How many people of %(name)s went to which part is not said; the links are flagged.") % {
        "name": found.name
    }
