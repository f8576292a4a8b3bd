"""What is wrong with an operation, and what a person should know of a sound one; `actions` puts both into sentences."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class What(StrEnum):
    """Why an operation cannot be done."""

    MISSING = "missing"
    """There is no such unit."""
    NOT_YET = "not_yet"
    """The unit begins on or after the day."""
    SAME_DAY = "same_day"
    """The unit begins on that very day: two changes of one unit on one day are one change."""
    GONE = "gone"
    """The unit ended before the day."""
    ENDS_LATER = "ends_later"
    """Another change ends the unit on the day or after it."""
    PROVINCE = "province"
    NO_NAME = "no_name"
    SAME_NAME = "same_name"
    """The new name is the old one."""
    NO_CODE = "no_code"
    CODE_IN_USE = "code_in_use"
    CODE_TWICE = "code_twice"
    TOO_FEW = "too_few"
    TWO_LEVELS = "two_levels"
    TWO_PARENTS = "two_parents"
    SHARE_RANGE = "share_range"
    SHARES_SUM = "shares_sum"
    NO_DEFAULT = "no_default"
    NO_SUCH_PART = "no_such_part"
    UNDER_ITSELF = "under_itself"
    SAME_PARENT = "same_parent"
    PARENT_LEVEL = "parent_level"
    LEVEL_STAYS = "level_stays"
    """Only a level between the province and the villages can be abolished."""
    ITS_OWN_RECEIVER = "its_own_receiver"
    NOTHING_GOES = "nothing_goes"
    """Neither a unit, nor people, nor a share, nor an area goes over."""
    ALL_GO = "all_go"
    """Everything under the unit would go: that is a merger."""
    NOT_UNDER = "not_under"
    PEOPLE_AND_SHARE = "people_and_share"
    """Both are given, and one of them is enough."""
    TOO_MANY_PEOPLE = "too_many_people"
    """As many people would go as there are, or more."""
    PEOPLE_UNKNOWN = "people_unknown"
    """A count goes over, and that of the whole is not known."""
    TOO_MUCH_AREA = "too_much_area"
    NO_LEVEL = "no_level"
    """No unit of the level exists on the day."""


@dataclass(frozen=True)
class Fault:
    """One thing that has to be put right; `field` names what was typed, "" the whole."""

    what: What
    field: str = ""
    name: str = ""
    """The unit it is about."""
    day: date | None = None
    value: str = ""
    """What was typed: a code, a sum."""


class Unfit(Exception):
    """The operation cannot be done; `faults` are all the reasons found."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        super().__init__("; ".join(f"{fault.field}: {fault.what} {fault.name}{fault.value}" for fault in faults))


class Said(StrEnum):
    """What should be known before a sound operation is done."""

    OTHER_OF_NAME = "other_of_name"
    """Another unit of the level has the name on the day."""
    POPULATION_UNKNOWN = "population_unknown"
    """The count of a unit is unknown, so the sum is too."""
    SHARES_UNKNOWN = "shares_unknown"
    """How many people went where is not said."""
    SHARE_OF_UNITS = "share_of_units"
    """The share is taken from the people of the units that go."""
    AREA_UNKNOWN = "area_unknown"
    """How much of the area goes over is not said."""


@dataclass(frozen=True)
class Note:
    """One thing to know; `where` tells units of one name apart, with the day since which the other one is."""

    said: Said
    name: str = ""
    where: str = ""
    day: date | None = None
