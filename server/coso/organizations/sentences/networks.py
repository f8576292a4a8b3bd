"""How the journal's entries about the three networks read."""

from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coso.journal.models import Entry
from coso.journal.ports import register_sentence
from coso.kit.refs import Ref, number_in
from coso.organizations import queries
from coso.organizations.rules import Network

ADDED = {
    Network.COMMUNICATORS: gettext_lazy("%(person)s was entered as a grassroots communicator of %(place)s."),
    Network.REPORTERS: gettext_lazy("%(person)s was entered as a Party reporter of %(place)s."),
    Network.INFORMATION_OFFICERS: gettext_lazy("%(person)s was entered as an information officer of %(place)s."),
}


def _words(entry: Entry, network: Network) -> dict[str, str]:
    ident = Ref.parse(entry.refs[0]).id
    model = queries.MODELS[network]
    member = model._default_manager.select_related("place").filter(pk=number_in(ident)).first()
    if member is None:
        return {"person": ident, "place": ""}
    return {"person": member.full_name, "place": member.place.name}


def _register(network: Network) -> None:
    def added(entry: Entry) -> str:
        return str(ADDED[network]) % _words(entry, network)

    def edited(entry: Entry) -> str:
        return _("What is told of %(person)s was changed.") % _words(entry, network)

    def ended(entry: Entry) -> str:
        day = f"{date.fromisoformat(entry.data['day']):%d/%m/%Y}"
        return _("The service of %(person)s ends on %(day)s.") % {**_words(entry, network), "day": day}

    def resumed(entry: Entry) -> str:
        return _("The end of the service of %(person)s was taken back.") % _words(entry, network)

    sentences: dict[str, Callable[[Entry], str]] = {
        "added": added,
        "edited": edited,
        "ended": ended,
        "resumed": resumed,
    }
    for verb, sentence in sentences.items():
        register_sentence(f"network.{network}_{verb}", sentence)


def register() -> None:
    """Tell the journal."""
    for network in Network:
        _register(network)
