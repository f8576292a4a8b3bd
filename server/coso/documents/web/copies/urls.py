"""Addresses of the pages of copies."""

from django.urls import path

from coso.documents.web.copies import arrived, sending, standing

urlpatterns = [
    path("den/", arrived.arrived, name="arrived"),
    path("den/<int:copy_id>/", arrived.copy, name="copy"),
    path("den/<int:copy_id>/vao-so/", arrived.receive, name="receive-copy"),
    path("den/<int:copy_id>/da-doc/", arrived.read, name="read-copy"),
    path("den/<int:copy_id>/tra-loi/", arrived.answer, name="answer-copy"),
    path("cho-tra-loi/", standing.awaited, name="awaited"),
    path("ban-gui/<int:copy_id>/da-giao/", standing.hand_over, name="hand-over-copy"),
    path("<uuid:document_id>/noi-nhan/", sending.recipients, name="recipients"),
    path("<uuid:document_id>/gui/", sending.send, name="send"),
    path("<uuid:document_id>/ai-da-nhan/", standing.standing, name="copies"),
    path("<uuid:document_id>/nhac/", standing.remind, name="remind-recipients"),
]
