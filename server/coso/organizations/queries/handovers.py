"""Reading handovers: who leaves, what is open in his hands, who may take it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from coso.journal import queries as journal
from coso.kit import clock
from coso.kit.errors import NotFound
from coso.kit.refs import Ref
from coso.organizations import policies, ports
from coso.organizations.models import Communicator, Deputy, Handover, InformationOfficer, Invitation, Person, Reporter
from coso.organizations.queries.people import people_managed_by


@dataclass(frozen=True)
class InHand:
    """The open duties of one kind, each with who may take it over."""

    kind: ports.Duties
    duties: Sequence[ports.OpenDuty]
    takers: dict[str, list[Person]] = field(default_factory=dict)
    """By the duty's reference: open accounts with the right at its place, without the person himself."""


def handovers_of(person: object) -> QuerySet[Handover]:
    """List the handovers of the people whose accounts a person manages, never his own; the newest first."""
    if not isinstance(person, Person):
        return Handover.objects.none()
    managed = people_managed_by(person).exclude(pk=person.pk)
    return Handover.objects.filter(person__in=managed).select_related("person", "begun_by")


def get_handover(person: object, handover_id: int) -> Handover:
    """Give one of them. Raise NotFound."""
    found = handovers_of(person).filter(pk=handover_id).first()
    if found is None:
        raise NotFound
    return found


def handover_under_way(person: Person) -> Handover | None:
    """Give the handover of somebody who is about to leave."""
    return person.handovers.filter(finished_at=None, withdrawn_at=None).select_related("person", "begun_by").first()


def under_way() -> Q:
    """Give the filter of handovers that are neither finished nor withdrawn."""
    return Q(finished_at=None, withdrawn_at=None)


def in_hand(person: Person, *, with_takers: bool = False) -> list[InHand]:
    """List what is open in a person's hands, by kind; kinds with nothing are left out."""
    found = [(kind, list(kind.find(person))) for kind in ports.duties()]
    known: dict[tuple[str, int], list[Person]] = {}
    groups = []
    for kind, duties in found:
        if not duties:
            continue
        takers = {str(duty.ref): _takers(kind.right, duty, person, known) for duty in duties} if with_takers else {}
        groups.append(InHand(kind, duties, takers))
    return groups


def _takers(
    right: str, duty: ports.OpenDuty, person: Person, known: dict[tuple[str, int], list[Person]]
) -> list[Person]:
    # Most duties of one person lie at one place: asked once for each.
    asked = (right, duty.place.pk)
    if asked not in known:
        known[asked] = list(policies.people_with(right, duty.place).exclude(pk=person.pk))
    return known[asked]


def may_take(to: Person, kind: ports.Duties, duty: ports.OpenDuty, leaving: Person) -> bool:
    """Tell whether a person may take a duty over from somebody who leaves."""
    return to.pk != leaving.pk and to.is_active and policies.may(to, kind.right, duty.place)


def passed_on(handover: Handover) -> int:
    """Count the duties that were passed on so far."""
    return journal.history(Ref("handover", str(handover.pk))).filter(verb="handover.passed_on").count()


def networks_of(person: Person) -> list[Communicator | Reporter | InformationOfficer]:
    """List where a person still serves as communicator, reporter or information officer: networks are no posts."""
    today = clock.today()
    serving = Q(ended_on=None) | Q(ended_on__gte=today)
    kinds = (Communicator, Reporter, InformationOfficer)
    return [one for kind in kinds for one in kind.objects.filter(serving, person=person).select_related("place")]


def invitations_open_by(person: Person) -> QuerySet[Invitation]:
    """List the invitations that a person made and nobody has answered."""
    return Invitation.objects.filter(made_by=person, accepted_at=None, withdrawn_at=None)


def deputies_ending_with(person: Person) -> QuerySet[Deputy]:
    """List who stands in for a person or for whom he stands in, today or later."""
    return (
        Deputy.objects.filter(Q(person=person) | Q(post__person=person), ended_at=None, to_on__gte=clock.today())
        .select_related("person", "post__person", "post__place")
        .order_by("from_on")
    )


def handover_name(ident: str) -> str | None:
    """Name who leaves by a handover, or None when there is no such handover."""
    found = Handover.objects.select_related("person").filter(pk=ident).first() if ident.isdigit() else None
    return found.person.full_name if found else None
