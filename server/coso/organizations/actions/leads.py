"""Saying which body leads grassroots information from a day on: a setting of the province."""

from datetime import date
from typing import Literal

from django.db import transaction
from django.utils.translation import gettext as _

from coso.journal.actions import record
from coso.kit.database import only_once
from coso.kit.errors import BadInput
from coso.kit.refs import Ref
from coso.kit.text import squeeze
from coso.organizations import policies
from coso.organizations.models import FieldLead, Organization, Person

Actor = Person | Literal["system"]


@transaction.atomic
def set_lead(
    *, by: Actor, organization: Organization, from_on: date, source: str = "", is_verified: bool = False
) -> FieldLead:
    """Say which body leads the field from a day on; said of the same day again, it takes the place of what was said.

    What is verified names the document that says so.
    """
    _require(by)
    wrong: dict[str, list[str]] = {}
    source = squeeze(source)
    begins, ends = organization.valid_from, organization.valid_to
    if (begins is not None and begins > from_on) or (ends is not None and ends < from_on):
        wrong["organization"] = [_("%(body)s does not exist on that day.") % {"body": organization.name}]
    if is_verified and not source:
        wrong["source"] = [_("Name the document that says so; without one, leave it as not verified.")]
    if wrong:
        raise BadInput(fields=wrong)
    told = {"organization": organization, "source": source, "is_verified": is_verified}
    with only_once(BadInput(_("Somebody else has just said so of this day. Look again."))):
        lead, _made = FieldLead.objects.update_or_create(from_on=from_on, defaults=told)
    data = {"day": from_on.isoformat(), "verified": is_verified}
    record("organizations.lead_set", by=by, refs=[Ref("organization", str(organization.pk))], data=data)
    return lead


@transaction.atomic
def remove_lead(*, by: Actor, lead: FieldLead, reason: str = "") -> None:
    """Take back that a body leads the field from a day on; what was said of earlier days then goes on."""
    _require(by)
    locked = FieldLead.objects.select_for_update().get(pk=lead.pk)
    refs, data = [Ref("organization", str(locked.organization_id))], {"day": locked.from_on.isoformat()}
    locked.delete()
    record("organizations.lead_removed", by=by, refs=refs, data=data, reason=reason)


def _require(by: Actor) -> None:
    if by != "system":
        policies.require_throughout(by, "organization.edit")
