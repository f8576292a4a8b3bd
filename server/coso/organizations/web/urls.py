"""Addresses of the pages of agencies and accounts."""

from django.urls import path

from coso.organizations.web import accounts, agencies, choosing, deputies, handover, invitations, managing
from coso.organizations.web.bodies.urls import urlpatterns as bodies
from coso.organizations.web.networks.urls import urlpatterns as networks

app_name = "organizations"

urlpatterns = [
    path("", agencies.organization_list, name="organizations"),
    path("<int:organization_id>/", agencies.organization, name="organization"),
    path("tim-dia-ban/<slug:key>/", choosing.find_place, name="find-place"),
    path("tai-khoan-cua-toi/", accounts.me, name="me"),
    path("tai-khoan/", accounts.account_list, name="accounts"),
    path("tai-khoan/mo/", managing.open_account, name="open-account"),
    path("tai-khoan/<int:person_id>/", accounts.account, name="account"),
    path("tai-khoan/<int:person_id>/giao-vi-tri/", managing.give_post, name="give-post"),
    path("tai-khoan/<int:person_id>/mat-khau-tam/", managing.give_password, name="give-password"),
    path("tai-khoan/<int:person_id>/dong/", managing.close_account, name="close-account"),
    path("tai-khoan/vi-tri/<int:post_id>/ket-thuc/", managing.end_post, name="end-post"),
    path("tai-khoan/vi-tri/<int:post_id>/lam-thay/", deputies.name_deputy, name="name-deputy"),
    path("tai-khoan/lam-thay/<int:deputy_id>/ket-thuc/", deputies.end_deputy, name="end-deputy"),
    path("loi-moi/", invitations.invitation_list, name="invitations"),
    path("loi-moi/moi/", invitations.invite, name="invite"),
    path("loi-moi/<uuid:invitation_id>/", invitations.invitation, name="invitation"),
    path("loi-moi/<uuid:invitation_id>/gui-lai/", invitations.renew, name="renew-invitation"),
    path("loi-moi/<uuid:invitation_id>/thu-hoi/", invitations.withdraw, name="withdraw-invitation"),
    *bodies,
    path("tai-khoan/<int:person_id>/ban-giao/", handover.begin, name="begin-handover"),
    path("ban-giao/", handover.handover_list, name="handovers"),
    path("ban-giao/<int:handover_id>/", handover.handover, name="handover"),
    path("ban-giao/<int:handover_id>/giao/", handover.pass_on, name="pass-on"),
    path("ban-giao/<int:handover_id>/giao-het/", handover.pass_all_on, name="pass-all-on"),
    path("ban-giao/<int:handover_id>/ket-thuc/", handover.finish, name="finish-handover"),
    path("ban-giao/<int:handover_id>/huy/", handover.withdraw, name="withdraw-handover"),
    *networks,
]
