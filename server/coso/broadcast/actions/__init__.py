"""Writing what goes on air, and taking what devices report."""

from coso.broadcast.actions.alerts import cancel_alerts, release_alert
from coso.broadcast.actions.intake import Kept, Taken, take_ask, take_asks, verify_log
from coso.broadcast.actions.manifests import refresh_manifests, renew_manifests
from coso.broadcast.actions.schedule import cancel_slot, schedule_bulletin
from coso.broadcast.actions.stations import state_played, withdraw_played

__all__ = [
    "Kept",
    "Taken",
    "cancel_alerts",
    "cancel_slot",
    "refresh_manifests",
    "release_alert",
    "renew_manifests",
    "schedule_bulletin",
    "state_played",
    "take_ask",
    "take_asks",
    "verify_log",
    "withdraw_played",
]
