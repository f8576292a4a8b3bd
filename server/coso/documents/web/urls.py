"""Addresses of the documents' pages."""

from django.urls import path

from coso.documents.web import views
from coso.documents.web.papers.urls import urlpatterns as papers

app_name = "documents"

urlpatterns = [
    path("", views.document_list, name="documents"),
    *papers,
    path("nhap/", views.import_, name="import"),
    path("<uuid:document_id>/", views.document, name="document"),
    path("<uuid:document_id>/xac-nhan/", views.confirm, name="confirm"),
    path("<uuid:document_id>/rut/", views.withdraw, name="withdraw"),
]
