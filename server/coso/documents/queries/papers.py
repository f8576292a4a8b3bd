"""Reading the papers that we write: those within a person's places, laid out, with their templates and numbers."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from coso.documents.models import NumberSeries, Paper, PaperState, PaperTemplate
from coso.documents.rules.papers import (
    KINDS,
    Content,
    House,
    Names,
    Sheet,
    abbreviation,
    house_of,
    lay,
    symbol_of,
)
from coso.kit import clock
from coso.kit.errors import NotFound
from coso.organizations import policies
from coso.organizations import rules as rights
from coso.organizations.models import Organization, Person
from coso.organizations.queries import organizations_on


def papers_seen_by(person: object) -> QuerySet[Paper]:
    """List the papers of a person's places."""
    inside = policies.scope(person, "paper.read", "place__path")
    return Paper.objects.filter(inside).select_related("organization", "place", "written_by", "approved_by")


def get_paper(person: object, paper_id: UUID | str) -> Paper:
    """Give one paper, or raise NotFound when it is out of the person's scope."""
    try:
        paper = papers_seen_by(person).select_related("changed_by", "document").filter(pk=paper_id).first()
    except (ValueError, ValidationError):
        paper = None
    if paper is None:
        raise NotFound
    return paper


def waiting_for(person: object) -> QuerySet[Paper]:
    """List the papers that wait for this person's approval: of his very places, never those that he wrote.

    Who approves for the province may approve a commune's paper too, but it waits for the commune's own leader.
    """
    here = [place.current_id for place in policies.places_with(person, "paper.approve")]
    mine = Q(written_by=getattr(person, "pk", None)) | Q(changed_by=getattr(person, "pk", None))
    return Paper.objects.filter(place__current__in=here, state=PaperState.SUBMITTED).exclude(mine)


def approvers_of(paper: Paper) -> list[Person]:
    """List who is asked to approve a paper: at its very place, or, where nobody is, whoever may from above."""
    able = policies.people_with("paper.approve", paper.place)
    others = list(able.exclude(pk__in=[paper.written_by_id, paper.changed_by_id]))
    near = [
        person
        for person in others
        if any(place.current_id == paper.place.current_id for place in policies.places_with(person, "paper.approve"))
    ]
    return near or others


def bodies_of_writer(person: object) -> QuerySet[Organization]:
    """List the bodies for which a person may write papers: those of the very places where he holds the right."""
    places = policies.places_with(person, "paper.write")
    return organizations_on(clock.today()).filter(place__current__in=[place.current_id for place in places])


def body_of_writer(person: Person) -> Organization | None:
    """Give the body of the post by which a person writes papers, where that is known."""
    able = [post for post in policies.posts_of(person) if rights.may(post.role, "paper.write")]
    return next((post.organization for post in able if post.organization), None)


def house_words(organization: Organization) -> House:
    """Say what a body's papers usually say of who issues and signs them."""
    place = organization.place
    above = organization.parent.name if organization.parent else ""
    if not above and place is not None and organization.kind in ("provincial_department", "provincial_office"):
        above = f"Ủy ban nhân dân {place.name[:1].lower()}{place.name[1:]}"
    return house_of(organization.name, place.name if place else "", above)


def short_of(organization: Organization) -> str:
    """Shorten a body's name for a symbol: as it is known for, else by its first letters."""
    return abbreviation(organization.name)


def proposed_symbol(paper: Paper) -> str:
    """Compose the symbol that a paper should have."""
    issuer = Content.of(paper.content).issuer
    return symbol_of(paper.kind, abbreviation(issuer) if issuer else short_of(paper.organization), paper.drafting_unit)


def names_of(paper: Paper) -> Names:
    """Give what names a paper and who signs it."""
    return Names(
        kind=paper.kind,
        title=paper.title,
        issuer=paper.organization.name,
        place=paper.place_name,
        number=paper.number,
        symbol=paper.symbol or proposed_symbol(paper),
        issued_on=paper.issued_on,
        year=clock.today().year,
        signing_mode=paper.signing_mode,
        position=paper.signer_position,
        signer=paper.signer_name,
    )


def sheet_of(paper: Paper) -> Sheet:
    """Lay a paper out as it stands."""
    return lay(names_of(paper), Content.of(paper.content))


def template_in_use(kind: str, organization: Organization | None = None) -> PaperTemplate | None:
    """Give the template that holds for a kind: the body's own, else the one for everybody, else None for ours."""
    here = Q(organization=None) if organization is None else Q(organization=None) | Q(organization=organization)
    found = {one.organization_id: one for one in PaperTemplate.objects.filter(here, kind=kind, ended_at=None)}
    own = found.get(organization.pk) if organization is not None else None
    return own or found.get(None)


def templates(kind: str) -> QuerySet[PaperTemplate]:
    """List the templates that a kind has had, the newest first."""
    return PaperTemplate.objects.filter(kind=kind).select_related("uploaded_by", "organization")


def templates_in_use() -> Mapping[str, PaperTemplate]:
    """Give the changed templates that hold for everybody, by kind."""
    found = PaperTemplate.objects.filter(ended_at=None, organization=None).select_related("uploaded_by")
    return {one.kind: one for one in found}


def series_of(organization: Organization, kind: str, year: int) -> NumberSeries | None:
    """Give a body's own series of numbers for a kind and a year, where it is in use."""
    return NumberSeries.objects.filter(organization=organization, kind=kind, year=year, last__gt=0).first()


def is_number_taken(paper: Paper, number: str, symbol: str, day: date) -> bool:
    """Tell whether another paper of the same body has, or had, a number with that symbol in the same year.

    A withdrawn paper keeps its number: it was cited under it, and it is not given again.
    """
    others = Paper.objects.filter(
        organization=paper.organization, number=number, symbol=symbol, issued_on__year=day.year
    )
    return others.exclude(pk=paper.pk).exists()


def structure_of(paper: Paper) -> dict[str, Any]:
    """Give what a paper says with the keys of the reader, for the document that it becomes."""
    content, sheet = Content.of(paper.content), sheet_of(paper)
    return {
        "doc_type": KINDS[paper.kind].said,
        "number": paper.number,
        "symbol": paper.symbol,
        "issued_on": paper.issued_on.isoformat() if paper.issued_on else None,
        "place": paper.place_name or None,
        "issuer": content.issuer or paper.organization.name,
        "title": sheet.title or sheet.about,
        "bases": content.bases,
        "tasks": [],
        "duties": [],
        "recipients": [copy.name for copy in content.recipients],
        "signer": paper.signer_name or None,
        "signer_role": "; ".join(sheet.signature) or None,
    }
