"""Registers that came as tables: read, previewed, taken in whole or not at all, and taken back."""

from django.db import models

from arasha.cases.models.register import Case
from arasha.people.models import Institution
from arasha.references import KeyField


class Import(models.Model):
    """`mapping`: our field -> the table's column. `content`: the file, until it is in or given up."""

    key = KeyField()
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    form = models.CharField(max_length=40)  # register | statistics
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField(null=True)
    mapping = models.JSONField(default=dict)
    state = models.CharField(max_length=20)  # uploaded | previewed | in | undone | given_up
    rows = models.PositiveIntegerField(default=0)
    uploaded_at = models.DateTimeField()
    uploaded_by_key = models.UUIDField()
    taken_in_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by_key = models.UUIDField(null=True)
    leaves_out = models.BooleanField(
        default=False
    )  # lines with errors stay out; else none comes in
    left_out = models.PositiveIntegerField(default=0)  # how many lines stayed out
    asked_at = models.DateTimeField(null=True)  # the worker was asked to take it in
    failed = models.CharField(max_length=60, blank=True)  # code of the problem that stopped it
    until_day = models.DateField(null=True)  # of a statistics form: until when it counts

    def __str__(self) -> str:
        return self.file_name


class ImportedCase(models.Model):
    """Which line of a table became which case."""

    of_import = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="cases")
    line = models.PositiveIntegerField()
    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="imported")

    def __str__(self) -> str:
        return f"line {self.line} of {self.of_import_id}"


class ImportedFigure(models.Model):
    """A number of an imported form of the national statistics: another source, never mixed with ours."""

    of_import = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="figures")
    row = models.CharField(max_length=40)  # pack: rows of the form
    column = models.CharField(max_length=40)  # pack: columns of the form
    until_day = models.DateField()  # cumulative from 1 January of its year
    value = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["of_import", "row", "column", "until_day"], name="one_figure_a_cell"
            )
        ]

    def __str__(self) -> str:
        return f"{self.row} {self.column}: {self.value}"


class TakenBack(models.Model):
    """A case that an import had made and that went with it: what the journal says of it still points somewhere."""

    gone = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=40)
    of_import = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="taken_back")
    taken_back_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "taken back"

    def __str__(self) -> str:
        return f"{self.kind} {self.gone}"
