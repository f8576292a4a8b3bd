"""Reading to whom a document goes, what became of each copy, and what came to one's own bodies."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from django.db.models import BooleanField, Case, Count, F, Q, QuerySet, Value, When

from coso.documents import policies
from coso.documents.models import Copy, Document, DocumentState, Paper, PaperState, Recipient
from coso.documents.queries.naming import Naming, Successors, naming_of
from coso.documents.queries.papers import papers_seen_by
from coso.documents.queries.units import named_units
from coso.documents.rules.delivery import RecipientLine, bare, recipient_lines
from coso.kit import clock
from coso.kit.errors import NotFound
from coso.kit.text import fold
from coso.organizations import policies as rights
from coso.organizations import rules
from coso.organizations.models import Organization, Person, Post
from coso.organizations.queries import heirs_on, organizations_on

RECEIVE = "document.receive"
NOT_ARRIVED = Q(received_at=None, read_at=None)
AWAITED = Q(answer_due__isnull=False, answered_at=None)


def lines_of(document: Document) -> list[RecipientLine]:
    """List to whom a document goes: its lines as kept, or as they would be made from what was read."""
    kept = [RecipientLine(one.name, one.purpose, one.form) for one in document.recipients.all()]
    return kept or recipient_lines(document.structure.get("recipients") or [], document.structure.get("delivery"))


class Meant:
    """Which bodies of today the lines of one document mean; a group is every body of it."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._successors = Successors()

    @cached_property
    def _named(self) -> Mapping[str, list[Organization]]:
        return {folded: list(unit.organizations.all()) for folded, unit in named_units(self.document).items()}

    @cached_property
    def _naming(self) -> Naming:
        return naming_of(self.document)

    def of(self, name: str) -> list[Organization]:
        """Give the bodies of today for one line; none where nobody here stands for it."""
        then = self._named.get(fold(name)[:300])
        if then is None:
            meaning = self._naming.meaning(bare(name))
            then = list(Organization.objects.filter(pk__in=meaning.bodies).select_related("place"))
        today = (body for one in then for body in self._successors.of(one))
        return list(dict.fromkeys(today))


def copies() -> QuerySet[Copy]:
    """List the copies of documents that were not withdrawn, with what their pages tell."""
    standing = Copy.objects.exclude(recipient__document__state=DocumentState.WITHDRAWN)
    return standing.select_related(
        "recipient__document__organization",
        "organization__successor",
        "sent_by",
        "received_by",
        "read_by",
        "answered_by",
    ).defer(*(f"recipient__document__{heavy}" for heavy in ("text", "found", "structure")))


def copies_sent_by(person: object) -> QuerySet[Copy]:
    """List the copies of the documents that a person may send."""
    return copies().filter(policies.sendable(person, "recipient__document__"))


def get_sendable(person: object, document_id: UUID | str) -> Document:
    """Give a confirmed document that a person may send, or raise NotFound."""
    found = Document.objects.filter(policies.sendable(person), state=DocumentState.CONFIRMED, pk=document_id)
    document = found.select_related("organization__place").first()
    if document is None:
        raise NotFound
    return document


def copies_of(document: Document) -> QuerySet[Copy]:
    """List the copies of one document in the order of its recipients."""
    return copies().filter(recipient__document=document).order_by("recipient__position", "organization__sort_key", "pk")


def is_sent(document: Document) -> bool:
    """Tell whether a document was sent on: its list of recipients is closed then."""
    return Copy.objects.filter(recipient__document=document).exists()


def counts(rows: QuerySet[Copy]) -> Mapping[str, int]:
    """Count copies: all, arrived, read, away (neither), awaited and late answers."""
    today = clock.today()
    return rows.order_by().aggregate(
        all=Count("pk"),
        arrived=Count("pk", filter=~NOT_ARRIVED),
        read=Count("pk", filter=Q(read_at__isnull=False)),
        away=Count("pk", filter=NOT_ARRIVED),
        awaited=Count("pk", filter=AWAITED),
        late=Count("pk", filter=AWAITED & Q(answer_due__lt=today)),
        asked=Count("pk", filter=Q(answer_due__isnull=False)),
    )


def outstanding(rows: QuerySet[Copy]) -> QuerySet[Copy]:
    """Keep the copies of which something is still missing: that it arrived, or the answer asked for."""
    return rows.filter(NOT_ARRIVED | AWAITED)


def bodies_received_by(person: object) -> list[int]:
    """List the ids of the bodies for which a person receives: those that his posts name, with what went into them.

    A post that names no body receives for the bodies of its very place.
    """
    able = [post for post in rights.posts_of(person) if rules.may(post.role, RECEIVE)]
    if not able:
        return []
    heirs = heirs_on(clock.today())
    named = {heirs.get(post.organization_id) or post.organization_id for post in able if post.organization_id}
    places = [post.place.current_id for post in able if not post.organization_id]
    if places:
        there = organizations_on(clock.today()).filter(place__current__in=places)
        named |= set(there.values_list("pk", flat=True))
    return [pk for pk, heir in heirs.items() if (heir or pk) in named]


def copies_for(person: object) -> QuerySet[Copy]:
    """List what came to a person's bodies, what nobody has read first."""
    unread = Case(When(read_at=None, then=Value(True)), default=Value(False), output_field=BooleanField())
    mine = copies().filter(organization__in=bodies_received_by(person))
    return mine.annotate(is_unread=unread).order_by("-is_unread", "-sent_at", "-pk")


def get_copy_for(person: object, copy_id: int) -> Copy:
    """Give one copy that came to a person's bodies, or raise NotFound."""
    found = copies_for(person).filter(pk=copy_id).first()
    if found is None:
        raise NotFound
    return found


def new_for(person: object) -> int:
    """Count what came to a person's bodies and nobody there has read."""
    return copies_for(person).filter(read_at=None).count()


@dataclass(frozen=True)
class Holder:
    """Somebody who holds a right by a post."""

    person: Person
    organization: int | None
    """The body of today that the post names."""
    place: int | None


class Holders:
    """Who holds a right for which body, asked once for many bodies."""

    def __init__(self, right: str, day: date | None = None) -> None:
        self.right, self.day = right, day or clock.today()

    @cached_property
    def _heirs(self) -> Mapping[int, int | None]:
        return heirs_on(self.day)

    def _today(self, body: int) -> int:
        return self._heirs.get(body) or body

    @cached_property
    def _held(self) -> list[Holder]:
        roles = [str(role) for role in rules.roles_with(self.right)]
        posts = Post.objects.filter(rights.held_on(self.day), role__in=roles).select_related("person", "place")
        posts = posts.filter(person__is_active=True)
        found = [self._holder(post, post.person) for post in posts]
        deputies = rights.deputies_on(self.day).filter(post__role__in=roles, person__is_active=True)
        stand_ins = deputies.select_related("person", "post__place")
        return found + [self._holder(one.post, one.person) for one in stand_ins]

    def _holder(self, post: Post, person: Person) -> Holder:
        body = self._today(post.organization_id) if post.organization_id else None
        return Holder(person, body, post.place.current_id)

    @cached_property
    def _by_body(self) -> Mapping[int, list[Person]]:
        return self._grouped((one.organization, one.person) for one in self._held)

    @cached_property
    def _by_place(self) -> Mapping[int, list[Person]]:
        return self._grouped((one.place, one.person) for one in self._held if one.organization is None)

    @staticmethod
    def _grouped(pairs: Iterable[tuple[int | None, Person]]) -> Mapping[int, list[Person]]:
        grouped: dict[int, list[Person]] = defaultdict(list)
        for key, person in pairs:
            if key is not None and person not in grouped[key]:
                grouped[key].append(person)
        return grouped

    @cached_property
    def _bodies(self) -> dict[int, int | None]:
        there = Organization.objects.exclude(place=None).values_list("pk", "place__current")
        return dict(there)

    def of(self, organization_id: int | None) -> Sequence[Person]:
        """List who holds the right for a body: whose posts name it, else who holds it at its very place."""
        if organization_id is None:
            return []
        body = self._today(organization_id)
        named = self._by_body.get(body)
        if named:
            return named
        place = self._bodies.get(body)
        return self._by_place.get(place, []) if place is not None else []


def overdue(today: date) -> QuerySet[Copy]:
    """List the copies whose answer is late."""
    return (
        Copy.objects.filter(AWAITED, answer_due__lt=today)
        .exclude(recipient__document__state=DocumentState.WITHDRAWN)
        .order_by("answer_due", F("pk"))
    )


def recipients_of(document: Document) -> QuerySet[Recipient]:
    """List the kept lines of a document."""
    return document.recipients.order_by("position")


def papers_to_answer_with(person: object) -> QuerySet[Paper]:
    """List the issued papers of a person's own bodies, the latest first."""
    own = papers_seen_by(person).filter(state=PaperState.ISSUED, organization__in=bodies_received_by(person))
    return own.exclude(document=None).order_by("-issued_on", "-changed_at")
