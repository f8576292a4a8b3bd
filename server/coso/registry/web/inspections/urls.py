"""Addresses of the pages of inspections and defects."""

from django.urls import path

from coso.registry.web.inspections import (
    checklists,
    defects,
    filling,
    listing,
    phone,
    records,
    results,
    rounds,
    sync,
    unannounced,
)

urlpatterns = [
    path("kiem-tra/", rounds.round_list, name="rounds"),
    path("kiem-tra/moi/", rounds.new_round, name="new-round"),
    path("kiem-tra/bo-cau-hoi/", checklists.checklist_list, name="checklists"),
    path("kiem-tra/bo-cau-hoi/<slug:code>/", checklists.checklist, name="checklist"),
    path("kiem-tra/phieu/", listing.inspection_list, name="inspections"),
    path("kiem-tra/phieu/<uuid:inspection_id>/", records.inspection, name="inspection"),
    path("kiem-tra/phieu/<uuid:inspection_id>/sua/", unannounced.change, name="change-inspection"),
    path("kiem-tra/phieu/<uuid:inspection_id>/anh/", records.add_photo, name="add-photo"),
    path("kiem-tra/anh/<int:photo_id>/", records.photo, name="photo"),
    path("kiem-tra/anh/<int:photo_id>/bo/", records.remove_photo, name="remove-photo"),
    path("kiem-tra/hai-ban/<int:conflict_id>/", records.conflict, name="conflict"),
    path("kiem-tra/<int:round_id>/", rounds.round_page, name="round"),
    path("kiem-tra/<int:round_id>/sua/", rounds.edit_round, name="edit-round"),
    path("kiem-tra/<int:round_id>/mo/", rounds.open_round, name="open-round"),
    path("kiem-tra/<int:round_id>/dong/", rounds.close_round, name="close-round"),
    path("kiem-tra/<int:round_id>/ket-qua/", results.results, name="results"),
    path("kiem-tra/<int:round_id>/co-so/<int:facility_id>/", filling.fill, name="fill"),
    path("kiem-tra/<int:round_id>/dien-thoai/", phone.phone, name="phone"),
    path("kiem-tra/<int:round_id>/dien-thoai/goi.json", phone.package, name="phone-package"),
    path("kiem-tra/<int:round_id>/dien-thoai/tho.js", phone.worker, name="phone-worker"),
    path("kiem-tra/<int:round_id>/dong-bo/", sync.sync, name="sync"),
    path("kiem-tra/<int:round_id>/anh/", sync.sync_photo, name="sync-photo"),
    path("hu-hong/", defects.defect_list, name="defects"),
    path("hu-hong/<int:defect_id>/", defects.defect, name="defect"),
    path("hu-hong/<int:defect_id>/sua/", defects.edit_defect, name="edit-defect"),
    path("thiet-che/<int:facility_id>/kiem-tra/", unannounced.choose_checklist, name="inspect"),
    path("thiet-che/<int:facility_id>/kiem-tra/<slug:code>/", unannounced.inspect, name="inspect-by"),
    path("thiet-che/<int:facility_id>/hu-hong-moi/", defects.new_defect, name="new-defect"),
]
