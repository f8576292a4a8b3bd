"""Who may read tasks, report on parts, and share the work out.

A task belongs to its document; staff of the province and of communes read every confirmed plan, since its tasks name
them all. What a unit says of its part is read by the unit, by whoever has a right at its place, and by the province.
"""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from coso.kit import clock
from coso.organizations import policies, rules
from coso.organizations import queries as bodies
from coso.organizations.models import Organization, Person, Post
from coso.places import queries as places
from coso.places.models import Place
from coso.plans.models import Blocker, Part, Task


def may_read(person: object) -> bool:
    """Tell whether a person may read tasks."""
    return policies.may(person, "task.read")


def place_of(task: Task) -> Place:
    """Give the place at which a task is shared out: that of the body that issued the document, else the province."""
    issuer = task.document.organization
    return issuer.place if issuer is not None and issuer.place is not None else places.province()


def may_assign(person: object, task: Task) -> bool:
    """Tell whether a person shares this task out."""
    return policies.may(person, "task.assign") and policies.may(person, "task.assign", place_of(task))


def may_assign_anything(person: object) -> bool:
    """Tell whether a person shares tasks out somewhere."""
    return policies.may(person, "task.assign")


def require_reminder_rules(person: Person) -> None:
    """Raise NotAllowed unless a person sets the rules of reminders, which hold for the whole province."""
    policies.require(person, "task.assign", places.province())


def bodies_of(person: object) -> set[int]:
    """Give the bodies, of then and of now, whose duties the bodies of a person's posts hold today."""
    held = {post.organization_id for post in policies.posts_of(person) if post.organization_id}
    if not held:
        return set()
    heirs = bodies.heirs_on(clock.today())
    now = {heirs[pk] for pk in held if heirs.get(pk)}
    return held | {pk for pk, heir in heirs.items() if heir in now}


def own(person: object, body: str = "organization") -> Q:
    """Give the filter of what belongs to a person's own bodies: those of his posts, else what stands at a post's place.

    `body` names the body from the filtered model.
    """
    inside = Q(**{f"{body}__in": bodies_of(person)})
    for post in policies.posts_of(person):
        if post.organization_id is None and rules.may(post.role, "task.read") and post.place.parent_id is not None:
            inside |= Q(**{f"{body}__place__current_path__startswith": post.place.current_path})
    return inside


def readable(person: object) -> Q:
    """Give the filter of parts that a person may read: his own, those at his places, those he is asked to help with."""
    if not may_read(person):
        return Q(pk__in=[])
    if policies.may_throughout(person, "task.read"):
        return Q()
    asked = Blocker.objects.filter(own(person, "asked"), part=OuterRef("pk"))
    there = policies.scope(person, "task.read", "organization__place__path")
    return own(person) | there | Q(Exists(asked))


def may_report(person: object, part: Part) -> bool:
    """Tell whether a person reports on a part: for its body, at its place, or for the province.

    The province's editor writes down what a unit without an account here sent on paper.
    """
    return bool(reportable(person, [part]))


def reportable(person: object, parts: Iterable[Part]) -> set[int]:
    """Give the keys of those of some parts on which a person reports; see `may_report`."""
    parts = list(parts)
    if policies.may_throughout(person, "task.report"):
        return {part.pk for part in parts}
    posts = [post for post in policies.posts_of(person) if rules.may(post.role, "task.report")]
    if not posts or not parts:
        return set()
    heirs = bodies.heirs_on(clock.today())
    return {
        part.pk
        for part in parts
        for heir in [heirs.get(part.organization_id) or part.organization_id]
        if any(_reports(post, part.organization, heir, heirs) for post in posts)
    }


def _reports(post: Post, body: Organization, heir: int, heirs: dict[int, int | None]) -> bool:
    if post.organization_id is not None:
        return (heirs.get(post.organization_id) or post.organization_id) == heir
    return body.place is not None and body.place.is_within(post.place)


def may_answer(person: Person, *, asked_by_id: int, task: Task) -> bool:
    """Tell whether a person may answer what another asked about a part of a task: who asked never grants it himself."""
    return person.pk != asked_by_id and may_assign(person, task)


def may_clear(person: Person, blocker: Blocker, part: Part) -> bool:
    """Tell whether a person may say that what stood in the way is gone: the unit, the owner, whoever was asked."""
    if may_report(person, part) or may_assign(person, part.occurrence.task):
        return True
    return Blocker.objects.filter(own(person, "asked"), pk=blocker.pk).exists()
