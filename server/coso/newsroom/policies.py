"""Who may do what with a bulletin: a person's posts and the bulletin's areas, handed to the rules of the review."""

from collections.abc import Iterable

from django.db.models import Q

from coso.newsroom.models import Bulletin
from coso.newsroom.rules import review
from coso.newsroom.rules.review import Rank, Standing, State, Step
from coso.organizations import policies
from coso.organizations.models import Person
from coso.places.models import Place

READ = "bulletin.read"
WRITE = "bulletin.write"
APPROVE = "bulletin.approve"
RELEASE = "emergency.release"
EDIT_LEXICON = "lexicon.edit"
_AUDIT = "journal.read"


def standing(person: object, bulletin: Bulletin) -> Standing:
    """Tell what a person is to a bulletin, by his posts at its areas and by what he did to it."""
    areas = list(bulletin.areas.all())
    return Standing(
        approves=policies.may_everywhere(person, APPROVE, areas),
        releases=policies.may_everywhere(person, RELEASE, areas),
        # Last: the journal names the post of the right that was asked for last, and most steps are a writer's.
        writes=policies.may_everywhere(person, WRITE, areas),
        had_a_hand=had_a_hand(person, bulletin),
    )


def decides(person: object, bulletin: Bulletin, standing: Standing) -> bool:
    """Tell whether a person decides on a bulletin, by the right that its class asks for."""
    if not review.may_decide(standing, Rank(bulletin.rank)):
        return False
    right = RELEASE if bulletin.rank == Rank.EMERGENCY else APPROVE
    return policies.may_everywhere(person, right, bulletin.areas.all())


def had_a_hand(person: object, bulletin: Bulletin) -> bool:
    """Tell whether a person wrote or changed a bulletin or its sound."""
    if not isinstance(person, Person):
        return False
    return bulletin.author_id == person.pk or any(hand.pk == person.pk for hand in bulletin.hands.all())


def steps(person: object, bulletin: Bulletin, *, has_sound: bool) -> frozenset[Step]:
    """Give what a person may do with a bulletin now."""
    return review.steps(
        state=State(bulletin.state), rank=Rank(bulletin.rank), standing=standing(person, bulletin), has_sound=has_sound
    )


def may_write_at(person: object, places: Iterable[Place]) -> bool:
    """Tell whether a person may write for each of these places, at least one."""
    return policies.may_everywhere(person, WRITE, places)


def may_edit_lexicon(person: object) -> bool:
    """Tell whether a person may change how words are read: one lexicon holds for the whole province."""
    return policies.may_throughout(person, EDIT_LEXICON)


def visible(person: object) -> Q:
    """Give the filter of bulletins a person may know of; the rows it finds may repeat.

    What was approved concerns everybody whose place it covers or lies in. What is still being written or
    reviewed is seen only by who writes, approves or audits there.
    """
    drafts = Q(pk__in=[])
    for right in (WRITE, APPROVE, _AUDIT):
        drafts |= policies.scope(person, right, "areas__path")
    released = policies.scope_overlap(person, READ, "areas") & Q(approved_at__isnull=False)
    return released | drafts
