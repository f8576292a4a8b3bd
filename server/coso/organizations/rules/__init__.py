"""What is true of roles, bodies and the three networks without a database."""

from coso.organizations.rules.roles import RIGHTS, Role, is_username, may, roles_with

__all__ = ["RIGHTS", "Role", "is_username", "may", "roles_with"]
