"""Puts data in and out on the rail, and answers for references to imports."""

from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy

from coso.kit.refs import Kind, register_kind
from coso.organizations import policies
from coso.registers import queries
from coso.registers.models import Import
from coso.ui.ports import NavItem, register_nav


def _import(ident: str) -> Import | None:
    try:
        return Import.objects.filter(pk=ident).first()
    except (ValidationError, ValueError):
        return None


def _name(ident: str) -> str | None:
    run = _import(ident)
    return run.file_name if run else None


def _visible(person: Any, ident: str) -> bool:
    run = _import(ident)
    return run is not None and queries.seen_by(person).filter(pk=run.pk).exists()


def register() -> None:
    """Called from `AppConfig.ready`."""
    register_kind(
        "import", Kind(name=_name, address=lambda ident: reverse("desk:import", args=[ident]), visible=_visible)
    )
    register_nav(
        NavItem(
            key="registers",
            label=gettext_lazy("Data in and out"),
            icon="spreadsheet",
            url_name="desk:registers",
            order=205,
            right=lambda request: policies.may(request.user, "register.import"),
        )
    )
