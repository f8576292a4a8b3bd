"""What stands in one row of the register: a part taken out of a lot, and a row that was entered by mistake."""

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from coso.journal.actions import record
from coso.kit.errors import BadInput, WrongState
from coso.kit.refs import Ref
from coso.kit.text import squeeze
from coso.registry.actions.facts import Actor, require_edit
from coso.registry.models import Equipment, EquipmentStep
from coso.registry.rules import equipment as rules


class UsedAlready(WrongState):
    """The piece took a step or has a defect since it was entered: it stays in the register."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The piece took a step or has a defect since it was entered: it stays in the register. Note its next "
                "step."
            )
        )


def part_of(lot: Equipment, quantity: int | None, *, by: Actor) -> Equipment:
    """Give what takes a step: the whole lot, or so many of it as a lot of their own, with the same life so far.

    `lot` is locked. Raise BadInput where it has not so many.
    """
    if quantity is None or quantity == lot.quantity:
        return lot
    if not 1 <= quantity <= lot.quantity:
        raise BadInput(fields={"quantity": [_("Give 1 to %(most)s pieces.") % {"most": lot.quantity}]})
    left = lot.quantity - quantity
    part = Equipment.objects.get(pk=lot.pk)
    part.pk, part.quantity = None, quantity
    part._state.adding = True
    part.save()
    for step in lot.steps.order_by("on", "pk"):
        step.pk, step.equipment = None, part
        step._state.adding = True
        step.save()
    lot.quantity = left
    lot.save(update_fields=["quantity"])
    refs = [Ref("equipment", str(lot.pk)), Ref("equipment", str(part.pk)), Ref("facility", str(lot.facility_id))]
    record("registry.equipment_divided", by=by, refs=refs, data={"part": quantity, "left": left})
    return part


def may_withdraw(piece: Equipment) -> bool:
    """Tell whether a piece did nothing yet since it was entered."""
    return rules.may_withdraw(rules.Life(piece.state), piece.steps.count()) and not piece.defects.exists()


@transaction.atomic
def withdraw_equipment(*, by: Actor, equipment: Equipment, reason: str) -> None:
    """Take out a piece that was entered by mistake; the journal keeps its name and why.

    Raise UsedAlready once it took a step or something hangs on it: then its life is told on, not undone.
    """
    locked = Equipment.objects.select_for_update(of=("self",)).select_related("facility__place").get(pk=equipment.pk)
    require_edit(by, locked.facility.place)
    if not may_withdraw(locked):
        raise UsedAlready
    why = squeeze(reason)
    if not why:
        raise BadInput(fields={"reason": [_("Say why it is taken out.")]})
    refs = [Ref("equipment", str(locked.pk)), Ref("facility", str(locked.facility_id))]
    data = {"name": locked.name, "serial": locked.serial, "quantity": locked.quantity}
    EquipmentStep.objects.filter(equipment=locked).delete()
    try:
        locked.delete()
    except ProtectedError:
        raise UsedAlready from None
    record("registry.equipment_withdrawn", by=by, refs=refs, data=data, reason=why)
