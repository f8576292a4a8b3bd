"""What can happen to stations and clusters."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ClusterAdded:
    """A speaker cluster stands and serves villages."""

    cluster_id: int


@dataclass(frozen=True)
class ClusterServesOthers:
    """The villages that a cluster serves were changed."""

    cluster_id: int
