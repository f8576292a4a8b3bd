"""What is true of facilities, equipment, inspections and coverage without a database."""

from coso.registry.rules.codes import is_cluster_code

__all__ = ["is_cluster_code"]
