"""Writing a bulletin and changing it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from coso.journal import actions as journal
from coso.kit.database import only_once
from coso.kit.errors import NotAllowed, WrongState
from coso.kit.refs import Ref
from coso.newsroom import policies, queries
from coso.newsroom.actions import checks
from coso.newsroom.models import Bulletin, Revision, Sound, SoundState
from coso.newsroom.rules import review
from coso.organizations import policies as posts
from coso.organizations import rules as roles
from coso.organizations.models import Organization, Person
from coso.places.models import Place
from coso.plans import actions as plans
from coso.plans import queries as tasks
from coso.plans.models import Task


@transaction.atomic
def write_bulletin(
    *,
    by: Person,
    title: str,
    body: str,
    rank: str,
    areas: Sequence[Place],
    task: Task | None = None,
    origin: Ref | None = None,
    expires_at: datetime | None = None,
    is_public: bool = True,
    is_sample: bool = False,
    key: UUID | None = None,
) -> Bulletin:
    """Begin a bulletin as a draft; with a task it becomes that task's evidence.

    `key` becomes the bulletin's id, so that a form that is sent twice makes one bulletin: the second time raises
    WrongState. Raises BadInput when a limit is passed or an area lies outside the author's right, NotFound when
    the task is not visible to him.
    """
    written = checks.content(by=by, title=title, body=body, rank=rank, areas=areas, expires_at=expires_at)
    if task is not None:
        task = tasks.get_visible(by, task.pk)
    again = WrongState(_("This bulletin was already written."))
    if key is not None and Bulletin.objects.filter(pk=key).exists():
        raise again
    with only_once(again):
        bulletin = Bulletin.objects.create(
            **({"pk": key} if key else {}),
            title=written.title,
            body=written.body,
            rank=written.rank,
            task=task,
            origin=str(origin) if origin else "",
            organization=_organization_of(by, written.areas),
            author=by,
            expires_at=written.expires_at,
            is_public=is_public,
            is_sample=is_sample,
        )
    bulletin.areas.set(written.areas)
    bulletin.hands.add(by)
    _keep_revision(bulletin, by)
    refs = [_ref(bulletin)]
    refs += [Ref("task", str(task.pk))] if task else []
    refs += [origin] if origin else []
    data = {"rank": bulletin.rank, "areas": [place.pk for place in written.areas]}
    journal.record("bulletin.written", by=by, refs=refs, data=data)
    if task is not None:
        plans.attach_evidence(task_id=task.pk, ref=_ref(bulletin), by=by)
    return bulletin


@transaction.atomic
def edit_bulletin(
    *,
    bulletin_id: UUID | str,
    by: Person,
    title: str,
    body: str,
    rank: str,
    areas: Sequence[Place],
    expires_at: datetime | None,
    is_public: bool,
    edits: int | None = None,
) -> Bulletin:
    """Change a draft or a returned bulletin; a changed text is a new revision, whose sound must be made anew.

    `edits` is the count that the person read: when somebody else changed anything meanwhile, WrongState is raised.
    Saving what already stands changes nothing and leaves no entry.
    """
    bulletin = checks.lock(by, bulletin_id)
    if not policies.standing(by, bulletin).writes:
        raise NotAllowed(policies.WRITE)
    if checks.state_of(bulletin) not in review.EDITABLE:
        raise WrongState(_("A bulletin is changed only while it is a draft or was returned."))
    if edits is not None and edits != bulletin.edits:
        raise WrongState(_("Somebody else changed this bulletin while you were writing."))
    written = checks.content(by=by, title=title, body=body, rank=rank, areas=areas, expires_at=expires_at)
    before = _stands(bulletin, {place.pk for place in bulletin.areas.all()})
    is_new_text = (bulletin.title, bulletin.body) != (written.title, written.body)
    bulletin.title, bulletin.body, bulletin.rank = written.title, written.body, written.rank
    bulletin.expires_at, bulletin.is_public = written.expires_at, is_public
    if _stands(bulletin, {place.pk for place in written.areas}) == before:
        return bulletin
    if is_new_text:
        stop_under_way(bulletin)
        bulletin.revision += 1
    bulletin.edits += 1
    bulletin.save(update_fields=["title", "body", "rank", "expires_at", "is_public", "revision", "edits", "folded"])
    bulletin.areas.set(written.areas)
    bulletin.hands.add(by)
    if is_new_text:
        _keep_revision(bulletin, by)
    data = {"revision": bulletin.revision, "text": is_new_text, "areas": [place.pk for place in written.areas]}
    journal.record("bulletin.edited", by=by, refs=[_ref(bulletin)], data=data)
    return bulletin


def stop_under_way(bulletin: Bulletin) -> int:
    """Stop the sounds of a bulletin that are still being made; return how many."""
    under_way = Sound.objects.filter(bulletin=bulletin, state__in=queries.UNDER_WAY)
    return under_way.update(state=SoundState.STOPPED)


def _stands(bulletin: Bulletin, areas: set[int]) -> tuple[object, ...]:
    return (bulletin.title, bulletin.body, str(bulletin.rank), bulletin.expires_at, bulletin.is_public, areas)


def _keep_revision(bulletin: Bulletin, by: Person) -> None:
    Revision.objects.create(
        bulletin=bulletin, number=bulletin.revision, title=bulletin.title, body=bulletin.body, written_by=by
    )


def _organization_of(by: Person, areas: list[Place]) -> Organization | None:
    """Give the body for which a person writes at these areas: that of his post which covers the first of them."""
    for post in posts.posts_of(by):
        covers = roles.may(post.role, policies.WRITE) and areas[0].is_within(post.place)
        if covers and post.organization is not None:
            return post.organization
    return None


def _ref(bulletin: Bulletin) -> Ref:
    return Ref("bulletin", str(bulletin.pk))
