"""What a person was told of by a notice."""

from typing import Any

from coso.kit.refs import Ref, number_in
from coso.notices.models import Notice


def changes_told(person: Any) -> list[int]:
    """Give the ids of the changes of units that a person was told of; most are told of none or of a few."""
    refs = Notice.objects.filter(person=person.pk, ref__startswith="change:").order_by().values_list("ref", flat=True)
    return [number_in(Ref.parse(ref).id) for ref in refs.distinct()]
