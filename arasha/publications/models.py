from django.db import models

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
