"""Addresses of the pages of facilities, equipment, transfers and use."""

from django.urls import URLPattern, path

from coso.registry.web.facilities import editing, equipment, labels, listing, page, transfers, usage

urlpatterns: list[URLPattern] = [
    path("", listing.facility_list, name="facilities"),
    path("thiet-che/moi/", editing.new_facility, name="new-facility"),
    path("thiet-che/moi/<slug:kind>/<int:home_id>/", editing.add_facility, name="add-facility"),
    path("thiet-che/<int:facility_id>/", page.facility, name="facility"),
    path("thiet-che/<int:facility_id>/sua/", editing.edit_facility, name="edit-facility"),
    path("thiet-che/<int:facility_id>/dong/", editing.close_facility, name="close-facility"),
    path("thiet-che/<int:facility_id>/mo-lai/", editing.reopen_facility, name="reopen-facility"),
    path("thiet-che/<int:facility_id>/su-dung/", usage.facility_use, name="facility-use"),
    path("thiet-che/<int:facility_id>/luu-dong/", usage.add_tour, name="add-tour"),
    path("thiet-che/<int:facility_id>/trang-thiet-bi-moi/", equipment.add_equipment, name="add-equipment"),
    path("trang-thiet-bi/", equipment.equipment_list, name="equipment-list"),
    path("trang-thiet-bi/<int:equipment_id>/", equipment.equipment, name="equipment"),
    path("trang-thiet-bi/<int:equipment_id>/sua/", equipment.edit_equipment, name="edit-equipment"),
    path("trang-thiet-bi/<int:equipment_id>/buoc-tiep/", equipment.step_equipment, name="step-equipment"),
    path("trang-thiet-bi/<int:equipment_id>/ghi-nham/", equipment.withdraw_equipment, name="withdraw-equipment"),
    path("trang-thiet-bi/<int:equipment_id>/dieu-chuyen/", equipment.move_equipment, name="move-equipment"),
    path("su-dung/", usage.use_list, name="use"),
    path("su-dung/nhap/", usage.tell_month, name="tell-month"),
    path("luu-dong/<int:tour_id>/bo/", usage.take_back_tour, name="take-back-tour"),
    path("chuyen-giao/", transfers.transfer_list, name="transfers"),
    path("chuyen-giao/moi/", transfers.choose_transfer, name="choose-transfer"),
    path("chuyen-giao/lap/", transfers.new_transfer, name="new-transfer"),
    path("chuyen-giao/<int:transfer_id>/", transfers.transfer, name="transfer"),
    path("chuyen-giao/<int:transfer_id>/hoan-tac/", transfers.undo_transfer, name="undo-transfer"),
    path("nhan/", labels.labels, name="labels"),
    path("nhan/in.pdf", labels.labels_pdf, name="labels-pdf"),
]
