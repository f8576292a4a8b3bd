"""How the journal's entries about the registry read."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coso.journal.models import Entry
from coso.journal.ports import register_sentence
from coso.kit.refs import Ref
from coso.registry.models import SpeakerCluster, Station


def _id(entry: Entry) -> str:
    return Ref.parse(entry.refs[0]).id


def _cluster(entry: Entry) -> str:
    cluster = SpeakerCluster.objects.filter(pk=_id(entry)).first()
    return f"{cluster.name} ({cluster.code})" if cluster else _id(entry)


def station_added(entry: Entry) -> str:
    """Word the entering of a station."""
    station = Station.objects.filter(pk=_id(entry)).first()
    return _("The station %(station)s was entered.") % {"station": station.name if station else _id(entry)}


def cluster_added(entry: Entry) -> str:
    """Word the entering of a cluster."""
    count = entry.data["villages"]
    return ngettext(
        "The cluster %(cluster)s was entered; it serves %(count)s village.",
        "The cluster %(cluster)s was entered; it serves %(count)s villages.",
        count,
    ) % {"cluster": _cluster(entry), "count": count}


def villages_set(entry: Entry) -> str:
    """Word a change of the villages that a cluster serves."""
    count = entry.data["villages"]
    return ngettext(
        "The cluster %(cluster)s serves %(count)s village from now on.",
        "The cluster %(cluster)s serves %(count)s villages from now on.",
        count,
    ) % {"cluster": _cluster(entry), "count": count}


def cluster_edited(entry: Entry) -> str:
    """Word a change of what is told of a cluster."""
    return _("What is told of the cluster %(cluster)s was changed.") % {"cluster": _cluster(entry)}


def register() -> None:
    """Tell the journal."""
    register_sentence("registry.station_added", station_added)
    register_sentence("registry.cluster_added", cluster_added)
    register_sentence("registry.cluster_villages_set", villages_set)
    register_sentence("registry.cluster_edited", cluster_edited)
