"""Addresses of the documents' pages."""

from django.urls import path

from coso.documents.web import units, uploads, views
from coso.documents.web.copies.urls import urlpatterns as copies
from coso.documents.web.papers.urls import urlpatterns as papers

app_name = "documents"

urlpatterns = [
    path("", views.document_list, name="documents"),
    *papers,
    *copies,
    path("nhap/", views.import_, name="import"),
    path("<uuid:document_id>/", views.document, name="document"),
    path("chua-doc/", uploads.upload_list, name="uploads"),
    path("chua-doc/<uuid:upload_id>/", uploads.upload, name="upload"),
    path("chua-doc/<uuid:upload_id>/doc-lai/", uploads.retry, name="retry"),
    path("chua-doc/<uuid:upload_id>/bo/", uploads.drop, name="drop-upload"),
    path("<uuid:document_id>/don-vi/tim/", units.find_body, name="find-body"),
    path("<uuid:document_id>/don-vi/<int:unit_id>/", units.unit, name="unit"),
    path("<uuid:document_id>/xac-nhan/", views.confirm, name="confirm"),
    path("<uuid:document_id>/rut/", views.withdraw, name="withdraw"),
]
