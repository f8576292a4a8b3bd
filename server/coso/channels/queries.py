"""Reading what the simple channels keep."""

from django.db.models import QuerySet

from coso.channels.models import Telling
from coso.newsroom.models import Bulletin


def tellings_of(bulletin: Bulletin) -> QuerySet[Telling]:
    """List the tellings of a bulletin that stand, with village and person joined."""
    return (
        Telling.objects.filter(bulletin=bulletin, withdrawn_at=None)
        .select_related("village", "told_by")
        .order_by("village__sort_key")
    )
