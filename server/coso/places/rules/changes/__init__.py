"""What an operation on units does, said as a plan before anything is done: who ends, who begins, what follows what.

plan = make_plan(Rename(unit=7, name="Xã Sơn Kim"), from_on, tree)  # raises Unfit with every fault found
"""

from coso.places.rules.changes.faults import Fault, Note, Said, Unfit, What
from coso.places.rules.changes.operations import Abolish, Cede, Merge, Move, Operation, Part, Rename, Split
from coso.places.rules.changes.plans import Link, New, Plan
from coso.places.rules.changes.tree import LEVELS, Tree, Unit
from coso.places.rules.changes.working import make_plan

__all__ = [
    "LEVELS",
    "Abolish",
    "Cede",
    "Fault",
    "Link",
    "Merge",
    "Move",
    "New",
    "Note",
    "Operation",
    "Part",
    "Plan",
    "Rename",
    "Said",
    "Split",
    "Tree",
    "Unfit",
    "Unit",
    "What",
    "make_plan",
]
