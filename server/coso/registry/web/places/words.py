"""How the records that hang on units are called where they are counted; other apps may say it through the port."""

from django.utils.translation import gettext_lazy as _

from coso.places.ports import name_hanging

_NAMES = {
    "organizations.organization": _("bodies"),
    "organizations.invitation": _("invitations"),
    "organizations.communicator": _("communicators"),
    "organizations.reporter": _("Party reporters"),
    "organizations.informationofficer": _("information officers"),
    "organizations.post": _("posts of people"),
    "registry.facility": _("facilities and stations"),
    "registry.speakercluster": _("loudspeaker clusters"),
    "registry.signal": _("notes on the signal"),
    "registry.transferline": _("transfers of equipment"),
    "registry.inspectionround": _("rounds of inspection"),
    "registry.tour": _("tours of mobile teams"),
    "newsroom.bulletin": _("bulletins"),
    "channels.telling": _("messages told by communicators"),
    "broadcast.slot": _("slots of broadcasting"),
    "listening.feedback": _("opinions of residents"),
}


def register() -> None:
    """Called from `AppConfig.ready`."""
    for model, name in _NAMES.items():
        name_hanging(model, name)
