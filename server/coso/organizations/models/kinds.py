"""The kinds of bodies in words."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

BODY_KINDS: Sequence[tuple[str, str | Promise]] = [
    ("provincial_authority", gettext_lazy("Provincial people's committee")),
    ("provincial_department", gettext_lazy("Provincial department")),
    ("provincial_office", gettext_lazy("Provincial office")),
    ("party_body", gettext_lazy("Party body")),
    ("front", gettext_lazy("Fatherland Front")),
    ("armed_force", gettext_lazy("Armed force")),
    ("press", gettext_lazy("Press, radio and television")),
    ("district_authority", gettext_lazy("District people's committee")),
    ("district_station", gettext_lazy("District radio and television")),
    ("regional_centre", gettext_lazy("Regional centre")),
    ("commune_authority", gettext_lazy("Commune people's committee")),
    ("commune_service_unit", gettext_lazy("Commune service unit")),
]
