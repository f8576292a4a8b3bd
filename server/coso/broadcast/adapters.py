"""The loudspeaker as a channel: by its device's word, or by that of the station's officer."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db.models import Count, Max, Min

from coso.broadcast.models import Alert, LogEntry, PlayReport, Slot, StatedPlay
from coso.broadcast.queries.loudspeaker import facts_by_village
from coso.broadcast.rules.reach import sign_of_village
from coso.channels.rules import Ground, Sign, State
from coso.kit import clock
from coso.newsroom.models import Bulletin, BulletinState
from coso.places.queries import stand_ins


class LoudspeakerChannel:
    """Village loudspeakers with a networked device (Nghị định 49/2024/NĐ-CP, Điều 7)."""

    code = "loudspeaker"
    by_village = True

    def signs(self, bulletin: Bulletin, villages: Collection[int]) -> Mapping[int, Sign]:
        """Say how the villages that a cluster serves stand; the others are left out."""
        now = clock.now()
        is_approved = bulletin.state == BulletinState.APPROVED
        return {
            village: sign_of_village(clusters, is_approved=is_approved, now=now)
            for village, clusters in facts_by_village(bulletin, villages, now=now).items()
        }

    def shown_since(self, bulletin: Bulletin) -> datetime | None:
        """Say when the first loudspeaker began to play it."""
        first: datetime | None = PlayReport.objects.filter(bulletin=bulletin, kind__in=("start", "end")).aggregate(
            first=Min("at")
        )["first"]
        return first

    def marker(self, bulletin: Bulletin) -> str:
        """Change with each report, log entry, slot and alert."""
        reports = PlayReport.objects.filter(bulletin=bulletin).aggregate(last=Max("pk"))
        log = LogEntry.objects.filter(bulletin=bulletin).aggregate(last=Max("pk"))
        slots = Slot.objects.filter(bulletin=bulletin).aggregate(made=Count("pk"), cancelled=Count("cancelled_at"))
        alerts = Alert.objects.filter(bulletin=bulletin).aggregate(made=Count("pk"), signed=Count("signed_at"))
        numbers = [reports["last"], log["last"], *slots.values(), *alerts.values()]
        return ".".join(str(number or 0) for number in numbers)


class StationChannel:
    """Stations whose loudspeakers are on no network: their officer states that they have played."""

    code = "station"
    by_village = True

    def signs(self, bulletin: Bulletin, villages: Collection[int]) -> Mapping[int, Sign]:
        """Say which villages a station has played to, by the word of whom and since when."""
        known = stand_ins(villages)
        rows = StatedPlay.objects.filter(
            bulletin=bulletin,
            withdrawn_at=None,
            station__clusters__is_networked=False,
            station__clusters__villages__in=known.rows,
        ).values_list("station__clusters__villages", "stated_at", "stated_by__full_name")
        return {
            village: Sign(state=State.PLAYED, ground=Ground.STATED, at=stated_at, by=name)
            for served, stated_at, name in rows
            for village in known.stands_for[served]
        }

    def shown_since(self, bulletin: Bulletin) -> datetime | None:
        """Say since when the first station is stated to have played it."""
        first: datetime | None = StatedPlay.objects.filter(bulletin=bulletin, withdrawn_at=None).aggregate(
            first=Min("stated_at")
        )["first"]
        return first

    def marker(self, bulletin: Bulletin) -> str:
        """Change with each statement and each one taken back."""
        seen = StatedPlay.objects.filter(bulletin=bulletin).aggregate(
            made=Count("pk"), withdrawn=Count("withdrawn_at"), last=Max("pk")
        )
        return f"{seen['made']}.{seen['withdrawn']}.{seen['last']}"
