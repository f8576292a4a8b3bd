"""The registers that are brought in and given out as .xlsx: the three networks, and the bodies."""

from coso.organizations.registers.bodies import BODIES
from coso.organizations.registers.networks import NETWORKS
from coso.registers import ports


def register() -> None:
    """Tell the engine; called from `AppConfig.ready`."""
    for table in (*NETWORKS, BODIES):
        ports.register(table)
