"""Facilities and their use, stations, clusters, equipment, inspections, defects, coverage."""

from coso.registry.models.clusters import Link, Power, SpeakerCluster
from coso.registry.models.coverage import Signal, SignalStrength
from coso.registry.models.equipment import (
    Equipment,
    EquipmentKind,
    EquipmentState,
    EquipmentStep,
    Transfer,
    TransferLine,
)
from coso.registry.models.facilities import Facility, Station, StationMode, StationProfile, kind_choices
from coso.registry.models.files import DroppedFile
from coso.registry.models.inspections import (
    AnswerKind,
    Checklist,
    ChecklistItem,
    Defect,
    DefectState,
    Inspection,
    InspectionConflict,
    InspectionPhoto,
    InspectionRevision,
    InspectionRound,
    RepairEntry,
    RoundState,
)
from coso.registry.models.usage import MonthOfUse, Tour

__all__ = [
    "AnswerKind",
    "Checklist",
    "ChecklistItem",
    "Defect",
    "DefectState",
    "DroppedFile",
    "Equipment",
    "EquipmentKind",
    "EquipmentState",
    "EquipmentStep",
    "Facility",
    "Inspection",
    "InspectionConflict",
    "InspectionPhoto",
    "InspectionRevision",
    "InspectionRound",
    "Link",
    "MonthOfUse",
    "Power",
    "RepairEntry",
    "RoundState",
    "Signal",
    "SignalStrength",
    "SpeakerCluster",
    "Station",
    "StationMode",
    "StationProfile",
    "Tour",
    "Transfer",
    "TransferLine",
    "kind_choices",
]
