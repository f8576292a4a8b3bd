"""Asking what an operation would do, without doing it."""

from collections.abc import Iterable
from datetime import date

from coso.kit.errors import BadInput
from coso.places import queries
from coso.places.actions.changes import words
from coso.places.rules.changes import Abolish, Cede, Merge, Move, Operation, Plan, Unfit, make_plan


def plan_change(operation: Operation, from_on: date) -> Plan:
    """Give the plan of an operation on the units as they stand. Raise BadInput with everything that does not fit."""
    try:
        return make_plan(operation, from_on, queries.tree_on(from_on, _named(operation)))
    except Unfit as unfit:
        fields: dict[str, list[str]] = {}
        for fault in unfit.faults:
            fields.setdefault(fault.field, []).append(words.fault(fault))
        raise BadInput(fields=fields) from None


def _named(operation: Operation) -> Iterable[int]:
    match operation:
        case Merge():
            return operation.units if operation.parent is None else (*operation.units, operation.parent)
        case Move():
            return (operation.unit, operation.parent)
        case Cede():
            return (operation.unit, operation.receiver)
        case Abolish():
            return ()
        case _:
            return (operation.unit,)
