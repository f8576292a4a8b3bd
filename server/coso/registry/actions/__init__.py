"""Writing the registry."""

from coso.registry.actions.clusters import add_cluster, add_station, edit_cluster, set_villages

__all__ = ["add_cluster", "add_station", "edit_cluster", "set_villages"]
