"""The roles in words."""

from django.utils.translation import gettext_lazy as _

from coso.organizations.rules import Role

ROLE_CHOICES = [
    (Role.PROVINCIAL_EDITOR.value, _("Provincial editor")),
    (Role.PROVINCIAL_APPROVER.value, _("Provincial approver")),
    (Role.COMMUNE_OFFICER.value, _("Commune officer")),
    (Role.COMMUNE_LEADER.value, _("Commune leader")),
    (Role.COMMUNICATOR.value, _("Grassroots communicator")),
    (Role.ADMINISTRATOR.value, _("Administrator")),
    (Role.AUDITOR.value, _("Auditor")),
]
