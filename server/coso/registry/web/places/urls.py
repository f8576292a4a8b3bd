"""Addresses of the pages of places; `places` itself stands below the door of staff pages and has none."""

from django.urls import path

from coso.registry.web.places import changes, figures, labels, listing, open_ends, operations, pages, place, villages

app_name = "places"

urlpatterns = [
    path("", listing.place_list, name="places"),
    path("so-lieu/", figures.by_unit, name="figures"),
    path("thay-doi/", changes.change_list, name="changes"),
    path("thay-doi/moi/", operations.choose, name="new-change"),
    path("thay-doi/moi/doi-ten/", operations.rename, name="rename"),
    path("thay-doi/moi/sap-nhap/", operations.merge, name="merge"),
    path("thay-doi/moi/chia-tach/", operations.split, name="split"),
    path("thay-doi/moi/chuyen-mot-phan/", operations.cede, name="cede"),
    path("thay-doi/moi/chuyen/", operations.move, name="move"),
    path("thay-doi/moi/bo-cap/", operations.abolish, name="abolish"),
    path("thay-doi/<int:change_id>/", changes.change, name="change"),
    path("thay-doi/<int:change_id>/hoan-tac/", changes.undo, name="undo-change"),
    path("chua-ro-ke-thua/", open_ends.open_ends, name="open-ends"),
    path("lien-ket/<int:link_id>/go/", open_ends.unlink, name="unlink"),
    path("nhan/", labels.label_list, name="labels"),
    path("nhan/gan/", labels.where, name="label-where"),
    path("nhan/loai/", labels.kind_list, name="label-kinds"),
    path("nhan/loai/moi/", labels.add_kind, name="add-label-kind"),
    path("nhan/<int:label_id>/", labels.label, name="label"),
    path("nhan/<int:label_id>/ket-thuc/", labels.end, name="end-label"),
    path("<int:place_id>/thon-moi/", villages.add, name="add-village"),
    path("<int:place_id>/sua/", villages.describe, name="describe-village"),
    path("<int:place_id>/ke-thua/", open_ends.link, name="link"),
    path("<int:place_id>/nhan/", labels.give, name="give-label"),
    path("<int:place_id>/", place.place, name="place"),
    path("<int:place_id>/ban-do.geojson", pages.schematic, name="map"),
]
