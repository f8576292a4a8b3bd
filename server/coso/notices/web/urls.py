"""Addresses of the notices' pages."""

from django.urls import path

from coso.notices.web import routes, views

app_name = "notices"

urlpatterns = [
    path("", views.notices, name="notices"),
    path("da-xem/", views.see, name="see"),
    path("thu-dien-tu/", routes.routes, name="routes"),
    path("thu-da-gui/", routes.deliveries, name="deliveries"),
    path("thu-da-gui/gui-lai/", routes.try_again, name="try-again"),
]
