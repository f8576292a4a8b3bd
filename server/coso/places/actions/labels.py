"""Giving and ending the labels of an area, and naming new ones. The caller has asked whether `by` may."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from coso.journal.actions import record
from coso.kit.errors import BadInput, WrongState
from coso.kit.refs import Ref
from coso.kit.text import fold, squeeze
from coso.places.actions.changes.words import day as written
from coso.places.models import AreaLabel, LabelFamily, LabelKind, Level, Place
from coso.places.rules.labels import code_for, counts_people, names_people


@transaction.atomic
def give_label(
    *, place: Place, kind: LabelKind, decision: str, valid_from: date, by: object, is_sample: bool = False
) -> AreaLabel:
    """Let a commune or a village carry a label from a day on, by a decision. Raise BadInput."""
    decision = squeeze(decision)[:200]
    Place.objects.select_for_update().get(pk=place.pk)
    faults: dict[str, list[str]] = {}
    if place.level not in {Level.COMMUNE, Level.VILLAGE}:
        faults["place"] = [_("Only a commune, a ward, a village or a residential group carries a label.")]
    if not decision:
        faults["decision"] = [_("Write the number and date of the decision that gives the label.")]
    if not place.is_valid_on(valid_from):
        faults["valid_from"] = [_("%(name)s does not exist on that day.") % {"name": place.name}]
    held = place.labels.filter(kind=kind)
    if held.filter(valid_to=None).exists() or held.filter(valid_to__gte=valid_from).exists():
        words = {"name": place.name, "label": kind.name}
        faults["kind"] = [_("%(name)s carries the label “%(label)s” then. End that one first.") % words]
    if faults:
        raise BadInput(fields=faults)
    label = AreaLabel.objects.create(
        place=place, kind=kind, decision=decision, valid_from=valid_from, is_sample=is_sample
    )
    _tell("places.label_given", label, by)
    return label


@transaction.atomic
def end_label(*, label_id: int, valid_to: date, by: object) -> AreaLabel:
    """Let an area carry a label no longer after a last day. Raise WrongState when it ended already; BadInput."""
    label = AreaLabel.objects.select_for_update().select_related("place", "kind").get(pk=label_id)
    if label.valid_to is not None:
        raise WrongState
    if valid_to < label.valid_from:
        said = _("The label holds since %(day)s; its last day cannot be before.") % {"day": written(label.valid_from)}
        raise BadInput(fields={"valid_to": [said]})
    label.valid_to = valid_to
    label.save(update_fields=["valid_to"])
    _tell("places.label_ended", label, by)
    return label


@transaction.atomic
def add_label_kind(*, family: str, name: str, source: str, by: object) -> LabelKind:
    """Name a new audience or language that areas may carry, with the document it comes from. Raise BadInput.

    It stands as not verified: nobody but the person who names it has looked. A name of people by religion or ethnicity,
    or a count, is refused: a label tells of an area.
    """
    name, source = squeeze(name)[:120], squeeze(source)[:200]
    folded = fold(name)
    faults: dict[str, list[str]] = {}
    if family not in {LabelFamily.AUDIENCE, LabelFamily.LANGUAGE}:
        faults["family"] = [_("An audience or a language can be added; the difficulties come with the system.")]
    if not name:
        faults["name"] = [_("Write the name of the label.")]
    elif names_people(folded) or counts_people(folded):
        faults["name"] = [_("A label tells of an area. It names and counts nobody by religion or ethnicity.")]
    elif any(fold(other) == folded for other in LabelKind.objects.values_list("name", flat=True)):
        faults["name"] = [_("There is a label of this name.")]
    if not source:
        faults["source"] = [_("Write the document from which the label comes.")]
    code = code_for(folded)
    if not faults and (not code or LabelKind.objects.filter(pk=code).exists()):
        faults["name"] = [_("There is a label of this name.")]
    if faults:
        raise BadInput(fields=faults)
    kind = LabelKind.objects.create(code=code, family=family, name=name, source=source)
    record("places.label_kind_added", by=by, refs=[Ref("label", kind.pk)], data={"name": name})
    return kind


def _tell(verb: str, label: AreaLabel, by: object) -> None:
    last = label.valid_to.isoformat() if label.valid_to else ""
    data = {"label": label.kind.name, "from": label.valid_from.isoformat(), "to": last}
    record(verb, by=by, refs=[Ref("place", str(label.place_id))], data=data)
