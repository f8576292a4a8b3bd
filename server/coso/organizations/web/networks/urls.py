"""Addresses of the pages of the three networks."""

from django.urls import URLPattern, path

from coso.organizations.web.networks import editing, lists, members

urlpatterns: list[URLPattern] = [
    path("mang-luoi/", lists.networks, name="networks"),
    path("mang-luoi/<slug:network>/", lists.member_list, name="network"),
    path("mang-luoi/<slug:network>/chua-co/", lists.gaps, name="network-gaps"),
    path("mang-luoi/<slug:network>/nhap/", editing.enter, name="enter-member"),
    path("mang-luoi/<slug:network>/<int:member_id>/", members.member, name="member"),
    path("mang-luoi/<slug:network>/<int:member_id>/quyet-dinh/", members.decision, name="member-decision"),
    path("mang-luoi/<slug:network>/<int:member_id>/sua/", editing.edit, name="edit-member"),
    path("mang-luoi/<slug:network>/<int:member_id>/thoi/", editing.end, name="end-member"),
    path("mang-luoi/<slug:network>/<int:member_id>/lam-tiep/", editing.resume, name="resume-member"),
]
