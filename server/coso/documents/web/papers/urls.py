"""Addresses of the pages of papers."""

from django.urls import path

from coso.documents.web.papers import editing, listing, page, templates

urlpatterns = [
    path("di/", listing.paper_list, name="papers"),
    path("di/moi/", editing.new_paper, name="new-paper"),
    path("di/mau/", templates.template_list, name="paper-templates"),
    path("di/mau/<slug:kind>/", templates.template, name="paper-template"),
    path("di/mau/<slug:kind>/tra-ve/", templates.drop_template, name="drop-paper-template"),
    path("di/mau/<slug:kind>/tai-ve/<slug:which>/", templates.download_template, name="download-paper-template"),
    path("di/<uuid:paper_id>/", page.paper, name="paper"),
    path("di/<uuid:paper_id>/soan/", editing.edit_paper, name="edit-paper"),
    path("di/<uuid:paper_id>/gui-duyet/", page.submit, name="submit-paper"),
    path("di/<uuid:paper_id>/duyet/", page.approve, name="approve-paper"),
    path("di/<uuid:paper_id>/tra-lai/", page.return_, name="return-paper"),
    path("di/<uuid:paper_id>/phat-hanh/", page.issue, name="issue-paper"),
    path("di/<uuid:paper_id>/rut/", page.withdraw, name="withdraw-paper"),
    path("di/<uuid:paper_id>/trang/<int:page>.png", page.picture, name="paper-page"),
    path("di/<uuid:paper_id>/tai-ve/<slug:suffix>/", page.download, name="download-paper"),
]
