"""Puts coverage on the pages of places, the base map under every map, and answers for references to boundaries."""

from django.urls import reverse

from coso.kit.refs import Kind, number_in, register_kind
from coso.organizations.policies import may_throughout
from coso.places.models import BoundaryFile
from coso.registry.ports import register_place_panel
from coso.registry.web.coverage import base, signals
from coso.ui.ports import register_map_base


def _name(ident: str) -> str | None:
    found = BoundaryFile.objects.filter(pk=number_in(ident)).first()
    return found.name if found else None


def register() -> None:
    """Called from `AppConfig.ready`."""
    register_place_panel(signals.panel, order=50)
    register_map_base(base.shown)
    register_kind(
        "boundaries",
        Kind(
            name=_name,
            address=lambda ident: reverse("registry:boundaries"),
            visible=lambda person, ident: may_throughout(person, "place.change"),
        ),
    )
