"""The secret addresses at which people's calendar programs read the deadlines of their units."""

from django.db import models

from coso.kit import clock
from coso.organizations.models import Person


class CalendarAddress(models.Model):
    """One person's address, kept as the hash of its secret; it reads and never writes, and can be withdrawn."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the secret in the address")
    made_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True, blank=True, help_text="when a program last read it, to the hour")

    def __str__(self) -> str:
        return f"{self.person}"
