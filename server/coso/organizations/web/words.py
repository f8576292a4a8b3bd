"""How kinds of bodies, accounts and posts are said."""

from collections.abc import Iterable
from datetime import timedelta
from typing import TypeVar

from django.db.models import Model, Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from coso.kit import clock
from coso.organizations.models import BODY_KINDS, Deputy, Handover, Person, Post
from coso.places.models import Level, Place
from coso.ui.chips import Chip, Tone
from coso.ui.units import name_by

Listed = TypeVar("Listed", bound=Model)


def kind_words(kind: str) -> str:
    """Say what kind of body it is; the code itself where there are no words."""
    return str(dict(BODY_KINDS).get(kind, kind))


def unverified_chip(is_verified: bool) -> Chip:
    """Tell whether a fact of the setting rests on a document that somebody saw."""
    return Chip(_("Verified"), Tone.DONE) if is_verified else Chip(_("Not verified"), Tone.NEED)


def place_words(place: Place) -> str:
    """Say a unit; a village with its commune, for there are many a Thôn 1."""
    return f"{place.name}, {place.parent.name}" if place.level == Level.VILLAGE and place.parent else place.name


def account_chip(person: Person) -> Chip:
    """Tell whether an account is open."""
    return Chip(_("Account open"), Tone.DONE) if person.is_active else Chip(_("Closed"), Tone.OFF, icon="lock")


def is_held(post: Post) -> bool:
    """Tell whether a post is held today by somebody with an open account."""
    today = clock.today()
    return post.held_from <= today and (post.held_to is None or post.held_to >= today)


def post_chip(post: Post) -> Chip:
    """Tell whether a post is held, still to come, or over."""
    if is_held(post):
        return Chip(_("Held"), Tone.DONE)
    if post.held_from > clock.today() and (post.held_to is None or post.held_to >= post.held_from):
        return Chip(_("Not held yet"), Tone.WAITING)
    return Chip(_("Ended"), Tone.OFF)


def deputy_chip(deputy: Deputy) -> Chip:
    """Tell whether somebody stands in now, is to, or no longer does."""
    today = clock.today()
    if deputy.ended_at is not None or deputy.to_on < today or not is_held_or_ahead(deputy.post):
        return Chip(_("Ended"), Tone.OFF)
    if deputy.from_on > today:
        return Chip(_("Its time has not come"), Tone.WAITING)
    return Chip(_("Stands in now"), Tone.ACTIVE)


def is_held_or_ahead(post: Post) -> bool:
    """Tell whether a post is not over yet."""
    return post.held_to is None or post.held_to >= clock.today()


def posts_held_words(person: Person, then: bool) -> str:
    """List the posts held today in one line: 'Cán bộ xã, Xã Sơn Kim 1'. The posts come with `with_posts`."""
    return _posts_words((post for post in person.posts.all() if is_held(post)), then)


def leaving_words(handover: Handover, then: bool) -> str:
    """List in one line the posts that a person has who leaves, or had. The posts come with `with_posts`."""
    # A handover that is finished on the day it began ends the posts with the day before.
    since = timezone.localdate(handover.begun_at) - timedelta(days=1)
    held = [post for post in handover.person.posts.all() if post.held_from <= handover.last_day]
    return _posts_words((post for post in held if post.held_to is None or post.held_to >= since), then)


def _posts_words(posts: Iterable[Post], then: bool) -> str:
    return "; ".join(f"{post.get_role_display()}, {name_by(post.place, then=then)}" for post in posts)


def with_posts(rows: QuerySet[Listed], way: str = "posts") -> QuerySet[Listed]:
    """Fetch with listed rows the posts, their units of then and of today joined; `way` leads from a row to them."""
    posts = Post.objects.select_related("place__current").order_by("place__path", "role")
    return rows.prefetch_related(Prefetch(way, posts))
