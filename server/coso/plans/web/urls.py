"""Addresses of the tasks' pages."""

from django.urls import path

from coso.plans.web import views

app_name = "plans"

urlpatterns = [
    path("", views.task_list, name="tasks"),
    path("<int:task_id>/", views.task, name="task"),
]
