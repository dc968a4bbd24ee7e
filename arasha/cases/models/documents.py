"""What lies in the file of a case, byte by byte, and through whose hands it went."""

from django.db import models

from arasha.cases.models.register import Case
from arasha.people.models import Institution
from arasha.references import KeyField


class Kept(models.Model):
    """A file as it came. Its bytes are found by their SHA-256; the row never changes."""

    key = KeyField()
    kind = models.CharField(max_length=40)  # pack: document kinds
    title = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    file_name = models.CharField(max_length=200)  # as it was uploaded
    number = models.CharField(max_length=60, blank=True)  # our outgoing number of a letter
    language = models.CharField(max_length=10, blank=True)
    added_at = models.DateTimeField()
    added_by_key = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)  # put in by mistake: struck out, never gone

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title


class Document(Kept):
    """A document of the evidence or of the correspondence."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="documents")


class MedicalDocument(Kept):
    """A document about somebody's body or mind: a compartment of its own."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="medical_documents")


class Link(models.Model):
    """One act in the chain of custody of a document; each holds the hash of the act before."""

    index = models.PositiveIntegerField()
    act = models.CharField(max_length=40)  # pack: custody acts
    sha256 = models.CharField(max_length=64)  # of the content at that moment
    at = models.DateTimeField()
    by_kind = models.CharField(max_length=20)
    by_key = models.CharField(max_length=60, blank=True)
    words = models.CharField(max_length=300, blank=True)  # to whom it was handed, why
    previous = models.CharField(max_length=64)
    link = models.CharField(max_length=64)

    class Meta:
        abstract = True
        ordering = ("index",)
        constraints = [
            models.UniqueConstraint(fields=["document", "index"], name="one_%(class)s_an_index")
        ]

    def __str__(self) -> str:
        return f"{self.act}: {self.link}"


class Custody(Link):
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="custody")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="custody")

    class Meta(Link.Meta):
        verbose_name_plural = "custody"


class MedicalCustody(Link):
    """As closed as its documents: that one came is already said by its being there."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="medical_custody")
    document = models.ForeignKey(MedicalDocument, on_delete=models.PROTECT, related_name="custody")

    class Meta(Link.Meta):
        verbose_name_plural = "medical custody"


class LetterCounter(models.Model):
    """The last outgoing number that an office gave in a year."""

    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["institution", "year"], name="one_counter_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.institution_id} {self.year}: {self.last}"


class Note(models.Model):
    """A note for those who work on the case, and for nobody else."""

    key = KeyField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField()
    made_at = models.DateTimeField()
    made_by_key = models.UUIDField()

    def __str__(self) -> str:
        return f"note of {self.case_id}"
