"""Samples of what an administrator sees: an invitation that waits, a deputy who is to stand in."""

from datetime import timedelta

from coso.kit import clock
from coso.organizations import actions
from coso.organizations.models import Deputy, Invitation, Person
from coso.organizations.rules import Role
from coso.places import queries as places


def load_colleagues() -> None:
    """Make them once; they are journalled as the demo's people doing it."""
    people = {person.username: person for person in Person.objects.filter(is_active=True)}
    admin, today = people.get("quantri"), clock.today()
    if admin is None or Invitation.objects.exists() or Deputy.objects.exists():
        return
    place = places.one_at("18073", today)
    if place is not None:
        actions.invite(
            by=admin,
            full_name="Nguyễn Văn Mẫu (mẫu)",
            email="mau@example.vn",
            role=Role.COMMUNE_OFFICER,
            place=place,
            decision="Dữ liệu mẫu của bản trình diễn",
        )
    leader, officer = people.get("lanhdao.sonkim1"), people.get("canbo.sonkim1")
    post = leader.posts.first() if leader else None
    if post is not None and officer is not None:
        actions.name_deputy(
            by=admin,
            post=post,
            person=officer,
            from_on=today + timedelta(days=30),
            to_on=today + timedelta(days=36),
            decision="Dữ liệu mẫu của bản trình diễn",
        )
