"""Writing the registry."""

from coso.registry.actions.clusters import (
    ClusterFacts,
    add_cluster,
    edit_cluster,
    restore_cluster,
    retire_cluster,
    set_villages,
)
from coso.registry.actions.equipment import (
    EquipmentFacts,
    edit_equipment,
    move_equipment,
    receive_equipment,
    step_equipment,
)
from coso.registry.actions.facilities import add_facility, add_station, close_facility, edit_facility, reopen_facility
from coso.registry.actions.facts import FacilityFacts
from coso.registry.actions.lots import UsedAlready, may_withdraw, withdraw_equipment
from coso.registry.actions.transfers import Move, transfer, undo_transfer
from coso.registry.actions.usage import Counts, add_tour, take_back_tour, tell_month

__all__ = [
    "ClusterFacts",
    "Counts",
    "EquipmentFacts",
    "FacilityFacts",
    "Move",
    "UsedAlready",
    "add_cluster",
    "add_facility",
    "add_station",
    "add_tour",
    "close_facility",
    "edit_cluster",
    "edit_equipment",
    "edit_facility",
    "may_withdraw",
    "move_equipment",
    "receive_equipment",
    "reopen_facility",
    "restore_cluster",
    "retire_cluster",
    "set_villages",
    "step_equipment",
    "take_back_tour",
    "tell_month",
    "transfer",
    "undo_transfer",
    "withdraw_equipment",
]
