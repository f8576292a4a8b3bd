"""Addresses of the pages that change bodies, and of who leads the field."""

from django.urls import URLPattern, path

from coso.organizations.web.bodies import changes, leads, reorganizing

urlpatterns: list[URLPattern] = [
    path("them/", reorganizing.add, name="add-body"),
    path("<int:organization_id>/doi-ten/", reorganizing.rename, name="rename-body"),
    path("<int:organization_id>/chuyen/", reorganizing.move, name="move-body"),
    path("<int:organization_id>/sap-nhap/", reorganizing.merge, name="merge-bodies"),
    path("<int:organization_id>/giai-the/", reorganizing.dissolve, name="dissolve-body"),
    path("thay-doi/", changes.change_list, name="body-changes"),
    path("thay-doi/<int:change_id>/", changes.change, name="body-change"),
    path("phu-trach/", leads.lead_list, name="leads"),
    path("phu-trach/dat/", leads.set_lead, name="set-lead"),
    path("phu-trach/<int:lead_id>/", leads.edit_lead, name="edit-lead"),
    path("phu-trach/<int:lead_id>/bo/", leads.remove_lead, name="remove-lead"),
]
