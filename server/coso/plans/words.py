"""How periods and rhythms read."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coso.plans.rules import Pace, shape_of

_QUARTERS = ("I", "II", "III", "IV")


def period_words(first: date, last: date | None) -> str:
    """Name a period: năm 2026, 6 tháng đầu năm 2026, quý IV/2026, tháng 11/2026, a week or any span by its days."""
    if last is None:
        return _("from %(day)s") % {"day": f"{first:%d/%m/%Y}"}
    shape = shape_of(first, last)
    if shape is Pace.ANNUAL:
        return _("year %(year)s") % {"year": first.year}
    if shape is Pace.HALF_YEARLY:
        half = _("first half of %(year)s") if first.month == 1 else _("second half of %(year)s")
        return half % {"year": first.year}
    if shape is Pace.QUARTERLY:
        return _("quarter %(quarter)s/%(year)s") % {"quarter": _QUARTERS[first.month // 3], "year": first.year}
    if shape is Pace.MONTHLY:
        return _("month %(month)s/%(year)s") % {"month": first.month, "year": first.year}
    if shape is Pace.DAILY:
        return f"{first:%d/%m/%Y}"
    span = {"first": f"{first:%d/%m/%Y}", "last": f"{last:%d/%m/%Y}"}
    return (_("week %(first)s–%(last)s") if shape is Pace.WEEKLY else _("%(first)s–%(last)s")) % span


def rule_words(days: int) -> str:
    """Say on which day a rule of reminders sounds: 7 ngày trước hạn, đúng ngày đến hạn, sau hạn 3 ngày."""
    if days < 0:
        said = ngettext("%(count)s day before the deadline", "%(count)s days before the deadline", -days)
        return said % {"count": -days}
    if days == 0:
        return _("on the day of the deadline")
    return ngettext("%(count)s day after the deadline", "%(count)s days after the deadline", days) % {"count": days}
