"""Addresses of the pages of tasks and parts."""

from django.urls import path

from coso.plans.web import board, calendar, commitments, files, gantt, lists, parts, reminders, sharing, task, trace

app_name = "plans"

urlpatterns = [
    path("", lists.start, name="start"),
    path("nhiem-vu/", lists.task_list, name="tasks"),
    path("viec-cua-don-vi-toi/", lists.mine, name="mine"),
    path("viec-cua-cac-don-vi/", lists.parts, name="parts"),
    path("bang/", board.board, name="board"),
    path("bang/<int:part_id>/", board.begin, name="begin"),
    path("bieu-do/", gantt.gantt, name="gantt"),
    path("lich/", calendar.calendar, name="calendar"),
    path("lich/dia-chi/", calendar.address, name="calendar-address"),
    path("don-doc/", reminders.sent, name="reminders"),
    path("don-doc/chon/", reminders.choose, name="remind-choose"),
    path("don-doc/gui/", reminders.remind, name="remind"),
    path("don-doc/quy-tac/", reminders.rules, name="reminder-rules"),
    path("don-doc/quy-tac/<int:rule_id>/bo/", reminders.drop_rule, name="drop-reminder-rule"),
    path("vet/<uuid:document_id>/", trace.trace, name="trace"),
    path("<int:task_id>/", task.task, name="task"),
    path("<int:task_id>/phan-cong/", sharing.share, name="share"),
    path("<int:task_id>/phan-cong/them/", sharing.give, name="give"),
    path("<int:task_id>/cong-khai/", commitments.publish, name="publish"),
    path("<int:task_id>/cong-khai/thu-hoi/", commitments.withdraw, name="withdraw"),
    path("<int:task_id>/nhip/", sharing.rhythm, name="rhythm"),
    path("<int:task_id>/ky/", sharing.period, name="period"),
    path("phan-viec/<int:part_id>/", parts.part, name="part"),
    path("phan-viec/<int:part_id>/bao-cao/", parts.report, name="report"),
    path("phan-viec/<int:part_id>/minh-chung/", parts.add_file, name="add-file"),
    path("phan-viec/<int:part_id>/gia-han/", parts.ask_extension, name="ask-extension"),
    path("phan-viec/<int:part_id>/vuong-mac/", parts.raise_blocker, name="raise-blocker"),
    path("phan-viec/<int:part_id>/tra-lai/", parts.return_part, name="return-part"),
    path("phan-viec/<int:part_id>/sua/", sharing.change, name="change-part"),
    path("phan-viec/<int:part_id>/rut/", sharing.drop, name="drop-part"),
    path("gia-han/<int:extension_id>/", parts.answer_extension, name="answer-extension"),
    path("vuong-mac/<int:blocker_id>/", parts.clear_blocker, name="clear-blocker"),
    path("tep/<int:attachment_id>/", files.download, name="file"),
    path("tep/<int:attachment_id>/bo/", files.remove, name="remove-file"),
]
