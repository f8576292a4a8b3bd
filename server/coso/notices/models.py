"""Notices to people."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from coso.kit import clock
from coso.organizations.models import Person


class Notice(models.Model):
    """One thing one person is told; the sentence is made when read, from `kind` and `data`."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=60)
    ref = models.CharField(max_length=120, help_text="the record it is about, as 'kind:id'")
    data = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=clock.now)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["person", "seen_at"], name="notice_unseen")]

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}"


class DeliveryState(models.TextChoices):
    """What became of a notice on its way by one route beside the desk."""

    WAITING = "waiting", _("Waits to be sent")
    SENT = "sent", _("Has been sent")
    FAILED = "failed", _("Could not be sent")


class Delivery(models.Model):
    """A notice on its way by another route, such as e-mail; the desk itself needs none."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="deliveries")
    route = models.CharField(max_length=20)
    state = models.CharField(max_length=8, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["next_try_at"]
        constraints = [models.UniqueConstraint(fields=["notice", "route"], name="delivery_once")]
        indexes = [
            models.Index(fields=["next_try_at"], condition=models.Q(state="waiting"), name="delivery_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.route}: {self.notice}"


class Wanted(models.TextChoices):
    """Which notices a person wants by one route beside the desk."""

    NONE = "none", _("Nothing")
    PRESSING = "pressing", _("Reminders only")
    ALL = "all", _("Every notice")


class RouteChoice(models.Model):
    """What one person wants by one route; who never chose gets reminders only."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    route = models.CharField(max_length=20)
    wanted = models.CharField(max_length=8, choices=Wanted.choices, default=Wanted.PRESSING)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "route"], name="route_choice_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.route} {self.wanted}"
