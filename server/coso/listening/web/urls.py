"""Addresses of the feedback pages."""

from django.urls import path

from coso.listening.web import views

app_name = "listening"

urlpatterns = [
    path("", views.feedback_list, name="feedback"),
    path("<uuid:feedback_id>/", views.feedback, name="one"),
    path("<uuid:feedback_id>/nhan/", views.take, name="take"),
    path("<uuid:feedback_id>/tra-loi/", views.reply, name="reply"),
    path("<uuid:feedback_id>/cong-khai/", views.publish, name="publish"),
    path("<uuid:feedback_id>/rut-cong-khai/", views.unpublish, name="unpublish"),
    path("<uuid:feedback_id>/soan-ban-tin/", views.draft, name="draft"),
]
