"""The registers that are brought in and given out as .xlsx: what this app tells the engine of each."""

from coso.registers import ports
from coso.registry.registers.checklists import CHECKLISTS
from coso.registry.registers.clusters import CLUSTERS
from coso.registry.registers.defects import DEFECTS
from coso.registry.registers.equipment import EQUIPMENT
from coso.registry.registers.facilities import FACILITIES
from coso.registry.registers.labels import LABELS
from coso.registry.registers.signal import SIGNALS
from coso.registry.registers.usage import USE
from coso.registry.registers.villages import VILLAGES


def register() -> None:
    """Tell the engine; called from `AppConfig.ready`."""
    for register_ in (VILLAGES, LABELS, FACILITIES, CLUSTERS, EQUIPMENT, DEFECTS, USE, SIGNALS, CHECKLISTS):
        ports.register(register_)
