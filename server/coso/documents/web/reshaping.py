"""Splitting a row of the side-by-side page in two, joining two in one."""

from uuid import UUID

from django.utils.translation import gettext as _

from coso.documents.models import Document
from coso.documents.rules import rows
from coso.documents.web.forms import Correction
from coso.kit.errors import BadInput


def reshaped(
    way: str, item: str, correction: Correction, structure: rows.Structure, document_id: UUID
) -> tuple[rows.Structure, str]:
    """Split or join the row of a form ('tasks-3'); give the structure, and which form it is in from now on."""
    key, _dash, number = item.partition("-")
    at = correction.at(key, int(number)) if key in rows.KEYS and number.isdigit() else None
    if at is None:
        return structure, ""
    if way == "join":
        return rows.join(structure, key, at), f"{key}-{at}"
    text = Document.objects.values_list("text", flat=True).get(pk=document_id)
    try:
        return rows.split(structure, key, at, text), f"{key}-{at}"
    except rows.NothingToSplit:
        said = _("Start a new line in “What is to be done” where the second task begins, then split.")
        raise BadInput(fields={f"{key}.{at}": [said]}) from None
