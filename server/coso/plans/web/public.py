"""The one address of plans that asks nobody to sign in: it holds a secret of its own."""

from django.urls import path

from coso.plans.web import feed

urlpatterns = [path("lich/<str:secret>.ics", feed.feed, name="calendar-feed")]
