"""How the notices about changes of units read."""

from datetime import date

from django.utils.translation import gettext as _

from coso.notices.models import Notice
from coso.notices.ports import register_wording
from coso.registry.actions.units_told import CHANGED, PLANNED, UNDONE


def _words(notice: Notice) -> dict[str, str]:
    return {
        "units": notice.data["units"].replace("; ", ", "),
        "day": f"{date.fromisoformat(notice.data['day']):%d/%m/%Y}",
    }


def _planned(notice: Notice) -> str:
    return _("%(units)s: your unit changes on %(day)s. See what becomes of it and what to check.") % _words(notice)


def _changed(notice: Notice) -> str:
    return _("%(units)s: your unit has changed since %(day)s. See where everything is found now.") % _words(notice)


def _undone(notice: Notice) -> str:
    return _("%(units)s: the change of %(day)s was undone. Your unit goes on as before.") % _words(notice)


def register() -> None:
    """Tell the notices."""
    register_wording(PLANNED, _planned)
    register_wording(CHANGED, _changed)
    register_wording(UNDONE, _undone)
