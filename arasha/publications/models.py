from django.db import models

from arasha.places.models import Place
from arasha.references import KeyField


class Release(models.Model):
    """Figures as they were published on a day. Never edited: a correction is the next release."""

    key = KeyField()
    number = models.PositiveIntegerField(unique=True)
    as_of_day = models.DateField()
    released_at = models.DateTimeField()
    salt = models.BinaryField(
        max_length=32
    )  # public: whoever has the figures can recompute the leaf
    leaf_hash = models.BinaryField(max_length=32, unique=True)
    # By which rule its cohorts were counted; empty: it was released before there were any.
    cohort_rule = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"release {self.number}"


class Cell(models.Model):
    """One number of a release: an indicator in a year. `value` null: protected, shown as "c"."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="cells")
    indicator = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    value = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["release", "indicator", "year"], name="one_cell_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.year}"


class Total(models.Model):
    """An indicator over all years, counted on its own and compared with the sum of its cells."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="totals")
    indicator = models.CharField(max_length=40)
    value = models.PositiveIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.indicator}: {self.value}"


class CohortCell(models.Model):
    """One number of a release: of the cases registered in a year, those of one kind that stand so.

    Kind and ending are empty where the indicator does not tell them apart.
    """

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="cohort_cells")
    indicator = models.CharField(max_length=60)
    unit = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    conduct = models.CharField(max_length=20, blank=True)
    provision = models.CharField(max_length=40, blank=True)
    provision_from_day = models.DateField(null=True)
    ending = models.CharField(max_length=40, blank=True)  # how the case stands that day
    value = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.indicator} {self.year} {self.ending}"


class UptimeMonth(models.Model):
    """A month of figures as it was published; its leaf in the log commits to them."""

    month = models.DateField(primary_key=True)  # its first day
    published_day = models.DateField()
    salt = models.BinaryField(
        max_length=32
    )  # public: whoever has the figures can recompute the leaf
    leaf_hash = models.BinaryField(max_length=32, unique=True)

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class Uptime(models.Model):
    """How much of a month the terminals of a place were heard, in steps: no hour, no terminal, no use."""

    month = models.ForeignKey(UptimeMonth, on_delete=models.CASCADE, related_name="rows")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    step = models.PositiveSmallIntegerField()  # 0 hardly ever … 4 nearly always
    works_days = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name_plural = "uptimes"
        constraints = [
            models.UniqueConstraint(fields=["month", "place"], name="one_uptime_a_month")
        ]

    def __str__(self) -> str:
        return f"{self.place_id} in {self.month_id}"
