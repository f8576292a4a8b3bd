"""Reading who stands in for whom."""

from django.db.models import Q, QuerySet

from coso.kit import clock
from coso.organizations import policies
from coso.organizations.models import Deputy, Person, Post
from coso.places.models import Level


def deputies_not_over(post: Post) -> QuerySet[Deputy]:
    """List who stands in for the holder of a post today or is to do so, the next first."""
    ahead = post.deputies.filter(ended_at=None, to_on__gte=clock.today())
    return ahead.select_related("person", "named_by").order_by("from_on")


def deputies_about(person: Person) -> QuerySet[Deputy]:
    """List who stood, stands or is to stand in for a person, and for whom he does, the newest first."""
    return Deputy.objects.filter(Q(person=person) | Q(post__person=person)).select_related(
        "person", "post__place", "post__person", "post__organization"
    )


def may_stand_in(post: Post) -> QuerySet[Person]:
    """List who may be named: open accounts with a post today in the same commune or body."""
    today = clock.today()
    around = post.place.parent if post.place.level == Level.VILLAGE and post.place.parent else post.place
    near = Q(place__current_path__startswith=around.current_path)
    if post.organization_id is not None:
        near |= Q(organization=post.organization_id)
    colleagues = Post.objects.filter(policies.held_on(today), near).values("person")
    return Person.objects.filter(pk__in=colleagues, is_active=True).exclude(pk=post.person_id)


def deputy_words(ident: str) -> dict[str, str] | None:
    """Give a deputy's names and days for a sentence, or None when there is no such deputy."""
    found = Deputy.objects.select_related("person", "post__person", "post__place").filter(pk=ident).first()
    if found is None:
        return None
    return {
        "person": found.person.full_name,
        "holder": found.post.person.full_name,
        "role": found.post.get_role_display(),
        "place": found.post.place.name,
        "from": f"{found.from_on:%d/%m/%Y}",
        "to": f"{found.to_on:%d/%m/%Y}",
    }
