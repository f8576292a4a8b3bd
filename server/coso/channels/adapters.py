"""The simple channels: a communicator who tells a village, the portal that anybody may read."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db.models import Count, Max

from coso.channels.models import Telling
from coso.channels.rules import Ground, Sign, State
from coso.kit import clock
from coso.newsroom.models import Bulletin, BulletinState
from coso.places import queries as places


class CommunicatorChannel:
    """A named communicator tells a village by word of mouth (Nghị định 49/2024/NĐ-CP, Điều 21-22)."""

    code = "communicator"
    by_village = True

    def signs(self, bulletin: Bulletin, villages: Collection[int]) -> Mapping[int, Sign]:
        """Say which villages were told, by whom and when."""
        rows = Telling.objects.filter(bulletin=bulletin, withdrawn_at=None).values_list(
            "village_id", "told_at", "told_by__full_name"
        )
        # The word is about a village of its day; it holds for what that village became.
        stands_for = places.stand_ins(villages).stands_for
        return {
            village: Sign(state=State.TOLD, ground=Ground.STATED, at=told_at, by=name)
            for told, told_at, name in rows
            for village in stands_for.get(told, ())
        }

    def shown_since(self, bulletin: Bulletin) -> datetime | None:
        """Say when the first village was told."""
        first = Telling.objects.filter(bulletin=bulletin, withdrawn_at=None).order_by("told_at").first()
        return first.told_at if first else None

    def marker(self, bulletin: Bulletin) -> str:
        """Change with each telling and each one taken back."""
        seen = Telling.objects.filter(bulletin=bulletin).aggregate(
            made=Count("pk"), withdrawn=Count("withdrawn_at"), last=Max("pk")
        )
        return f"{seen['made']}.{seen['withdrawn']}.{seen['last']}"


class PortalChannel:
    """The public portal: it shows a bulletin to anybody and never says who looked."""

    code = "portal"
    by_village = False

    def signs(self, bulletin: Bulletin, villages: Collection[int]) -> Mapping[int, Sign]:
        """Say nothing of any village."""
        return {}

    def shown_since(self, bulletin: Bulletin) -> datetime | None:
        """Say since when the portal shows it: approved, public, not expired."""
        if bulletin.state != BulletinState.APPROVED or not bulletin.is_public:
            return None
        if bulletin.expires_at is not None and bulletin.expires_at <= clock.now():
            return None
        return bulletin.approved_at

    def marker(self, bulletin: Bulletin) -> str:
        """Never change: no village depends on it."""
        return ""
