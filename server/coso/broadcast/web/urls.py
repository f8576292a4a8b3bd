"""Addresses of the schedule's and the reach's pages."""

from django.urls import path

from coso.broadcast.web import board, maps, reach, schedule

app_name = "broadcast"

urlpatterns = [
    path("", schedule.slot_list, name="slots"),
    path("hom-nay/", schedule.day, name="day"),
    path("ban-do.geojson", maps.schematic, name="map"),
    path("lich/<uuid:slot_id>/huy/", schedule.cancel, name="cancel"),
    path("ban-tin/<uuid:bulletin_id>/xep-lich/", schedule.plan, name="plan"),
    path("ban-tin/<uuid:bulletin_id>/toi-dau/", reach.page, name="reach"),
    path("ban-tin/<uuid:bulletin_id>/toi-dau/moi/", reach.fresh, name="reach-fresh"),
    path("ban-tin/<uuid:bulletin_id>/da-noi/<int:village_id>/", reach.tell, name="tell"),
    path("ban-tin/<uuid:bulletin_id>/chua-noi/<int:village_id>/", reach.untell, name="untell"),
    path("ban-tin/<uuid:bulletin_id>/dai-da-phat/<int:station_id>/", reach.state_played, name="state-played"),
    path("ban-tin/<uuid:bulletin_id>/dai-chua-phat/<int:station_id>/", reach.withdraw_played, name="withdraw-played"),
    path("ban-tin/<uuid:bulletin_id>/bang-chi-huy/", board.page, name="board"),
    path("ban-tin/<uuid:bulletin_id>/bang-chi-huy/moi/", board.fresh, name="board-fresh"),
]
