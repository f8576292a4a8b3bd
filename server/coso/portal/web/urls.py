"""Addresses of the public pages: short, so that they can be read aloud and typed."""

from django.urls import path

from coso.portal.web import commitments, feedback, labels, views

app_name = "portal"

urlpatterns = [
    path("", views.home, name="home"),
    path("noi/<str:code>/", views.place, name="place"),
    path("tin/", views.bulletins, name="bulletins"),
    path("tin/<uuid:bulletin_id>/", views.bulletin, name="bulletin"),
    path("tin/<uuid:bulletin_id>/nghe.<str:suffix>", views.sound, name="sound"),
    path("t/<slug:code>/", labels.label, name="label"),
    path("gui/", feedback.send, name="send"),
    path("gui/xong/", feedback.sent, name="sent"),
    path("tra-cuu/", feedback.follow, name="follow"),
    path("cam-ket/", commitments.commitments, name="commitments"),
    path("cam-ket/<int:task_id>/", commitments.commitment, name="commitment"),
    path("hoi-dap/", feedback.answers, name="answers"),
]
