"""A person's own notices."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from coso.kit import clock
from coso.kit.refs import Ref, describe_many
from coso.notices import actions
from coso.notices.models import Notice
from coso.notices.ports import wording_of
from coso.organizations.doors import StaffRequest, staff
from coso.organizations.models import Person
from coso.organizations.policies import may
from coso.places.queries import province
from coso.ui.chips import Chip, Tone
from coso.ui.lists import Column, Empty, Filter, Line, ListSpec, list_response


def _sentence(request: HttpRequest) -> str:
    count = Notice.objects.filter(person=request.user.pk, seen_at=None).count()
    if not count:
        return gettext("You have seen everything.")
    return ngettext("%(count)s notice is new.", "%(count)s notices are new.", count) % {"count": count}


class Lines:
    """The notices of one page as lines; the records they are about are named together."""

    def __init__(self, person: Person) -> None:
        self._person = person
        self._records: dict[Ref, tuple[str, str]] = {}

    def prepare(self, notices: Sequence[Notice]) -> None:
        """Name the records of a page."""
        self._records = describe_many((Ref.parse(notice.ref) for notice in notices), self._person)

    def line(self, notice: Notice) -> Line:
        """Word one notice."""
        return _line(notice, self._records.get(Ref.parse(notice.ref)))


def _line(notice: Notice, record: tuple[str, str] | None) -> Line:
    return Line(
        text=wording_of(notice),
        url=record[1] if record else "",
        about=record[0] if record else gettext("no longer yours to see"),
        chip=None if notice.seen_at else Chip(gettext("New"), Tone.NEED),
        aside=f"{clock.local(notice.created_at):%d/%m/%Y}",
    )


@require_safe
@staff("desk.use")
def notices(request: StaffRequest) -> HttpResponseBase:
    """List a person's notices, the newest first."""
    lines = Lines(request.person)
    spec = ListSpec(
        key="thong-bao",
        title=_("Notices"),
        sentence=_sentence,
        columns=[
            Column("notice", _("Notice"), wording_of),
            Column("at", _("When"), "created_at", sort="created_at", kind="when"),
        ],
        filters=[
            Filter(
                "seen",
                _("Seen"),
                [("no", _("New")), ("yes", _("Seen"))],
                lambda rows, value: rows.filter(seen_at__isnull=value == "no"),
            )
        ],
        default_sort="-at",
        line=lines.line,
        prepare=lines.prepare,
        empty=Empty(_("No notice yet"), _("You are told here when something waits for you."), icon="bell"),
    )
    extra = {"keeps_accounts": may(request.person, "account.manage", province())}
    rows = Notice.objects.filter(person=request.person)
    return list_response(request, spec, rows, template="notices/list.html", extra=extra)


@require_POST
@staff("desk.use")
def see(request: StaffRequest) -> HttpResponse:
    """Mark all as seen."""
    actions.see(request.person)
    messages.success(request, _("All notices are marked as seen."))
    return redirect("notices:notices")
