"""The table of the cache: counts that every process must share, such as who tried to sign in how often."""

from django.db import models

from coso.kit import clock

TABLE = "coso_cache"


class CacheRow(models.Model):
    """One value of the cache. Django's database cache reads and writes the table; the model makes it, and sweeps it."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = TABLE

    def __str__(self) -> str:
        return self.cache_key


def sweep() -> int:
    """Remove what has expired; return how many rows went. Addresses that knocked are kept no longer than they count."""
    return CacheRow.objects.filter(expires__lt=clock.now()).delete()[0]
