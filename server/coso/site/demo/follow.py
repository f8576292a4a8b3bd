"""Sample reminders and commitments on the sample plan."""

from coso.organizations.models import Person
from coso.plans import actions, queries
from coso.plans.models import Reminder, Task
from coso.site.demo.work import NAME

WORDS = {
    "1": "Mỗi quý tỉnh rà soát cụm loa truyền thanh một lần; cụm loa hỏng được sửa để mọi thôn đều nghe rõ (mẫu).",
    "3": "Trước và trong mùa mưa lũ, từng hộ dân được báo cách phòng, chống thiên tai (mẫu).",
}


def load_follow() -> None:
    """Remind units of two parts by hand and open two tasks to residents; once."""
    owner = Person.objects.filter(username="duyet", is_active=True).first()
    tasks = list(Task.objects.filter(document__file_name=NAME).order_by("position"))
    if owner is None or not tasks or Reminder.objects.exists() or any(task.is_public for task in tasks):
        return
    for task in tasks:
        words = next((said for number, said in WORDS.items() if task.ref.endswith(number)), "")
        if words:
            actions.open_commitment(task_id=task.pk, by=owner, words=words)
    waiting = queries.remindable(owner).filter(occurrence__task__in=tasks)
    chosen = [part.pk for part in waiting if queries.reached(part, 1)][:2]
    if chosen:
        actions.remind(part_ids=chosen, by=owner, words="Đề nghị gửi báo cáo trước thứ Sáu (mẫu)", level=2)
