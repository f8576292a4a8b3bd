"""What is true of tasks without a database."""

from coso.plans.rules.states import NEXT, State, is_overdue, may_move

__all__ = ["NEXT", "State", "is_overdue", "may_move"]
