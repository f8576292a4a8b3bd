"""How each of the three networks is said: its address, its titles, what it is for."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coso.kit import clock
from coso.kit.errors import NotFound
from coso.organizations.models import NetworkMember
from coso.organizations.rules import Network
from coso.places.models import Place
from coso.ui.chips import Chip, Tone


@dataclass(frozen=True)
class Words:
    """What the pages of one network say."""

    slug: str
    title: Promise
    enter: Promise
    without: Promise
    """The title of the list of areas that nobody serves."""
    about: Promise
    """By whom and by which law they are recognised."""
    none_yet: Promise


WORDS: Mapping[Network, Words] = {
    Network.COMMUNICATORS: Words(
        "tuyen-truyen-vien",
        gettext_lazy("Grassroots communicators"),
        gettext_lazy("Enter a communicator"),
        gettext_lazy("Villages without a communicator"),
        gettext_lazy("Recognised by the chairman of the commune (Nghị định 49/2024/NĐ-CP, Điều 21–22)."),
        gettext_lazy("No communicator yet"),
    ),
    Network.REPORTERS: Words(
        "bao-cao-vien",
        gettext_lazy("Reporters of the Party"),
        gettext_lazy("Enter a reporter"),
        gettext_lazy("Communes without a reporter"),
        gettext_lazy("Recognised by a Party committee (Quyết định 973-QĐ/BTGTW, 2021). The district level is history."),
        gettext_lazy("No reporter yet"),
    ),
    Network.INFORMATION_OFFICERS: Words(
        "thong-tin-vien",
        gettext_lazy("Grassroots information officers"),
        gettext_lazy("Enter an information officer"),
        gettext_lazy("Villages without an information officer"),
        gettext_lazy("They take and answer what people send (Kế hoạch 82/KH-UBND, IV.1)."),
        gettext_lazy("No information officer yet"),
    ),
}


def network_at(slug: str) -> Network:
    """Give the network of an address. Raise NotFound."""
    for network, words in WORDS.items():
        if words.slug == slug:
            return network
    raise NotFound


def service_chip(member: NetworkMember) -> Chip:
    """Tell whether somebody serves, and since when no more."""
    if member.ended_on is None or member.ended_on >= clock.today():
        return Chip(_("Serves"), Tone.DONE)
    return Chip(_("Ended on %(day)s") % {"day": f"{member.ended_on:%d/%m/%Y}"}, Tone.OFF)


def sample_chip(row: NetworkMember | Place) -> Chip | None:
    """Mark a person or a village made up for a demonstration."""
    return Chip(_("Sample"), Tone.OFF, icon="tag") if row.is_sample else None


def areas_words(member: NetworkMember) -> str:
    """List the areas that somebody serves in one line; the areas come prefetched."""
    areas = sorted(member.areas.all(), key=lambda area: area.sort_key)
    if [area.pk for area in areas] == [member.place_id]:
        return _("All of it")
    return ", ".join(area.name for area in areas)


def languages_words(member: NetworkMember) -> str:
    """List the languages beside Vietnamese in one line; they come prefetched."""
    return ", ".join(str(language) for language in member.languages.all())


def own_words(member: NetworkMember) -> str:
    """Say what only this network tells of its members: the village office, the level, the body."""
    if hasattr(member, "get_duty_display"):
        return str(member.get_duty_display())
    if hasattr(member, "get_level_display"):
        return str(member.get_level_display())
    organization = getattr(member, "organization", None)
    return organization.name if organization else ""
