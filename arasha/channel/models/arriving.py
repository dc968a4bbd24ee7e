"""Objects on their way in. No row here leads to a terminal, and none to an appeal."""

from django.db import models

from arasha.references import KeyField


class Beginning(models.Func):
    """The first 32 bytes of a piece: in the first one of a file they name the filing that it belongs to.

    Written out, not as parameters: SQLite knows an index by its words.
    """

    function = "SUBSTR"
    template = "%(function)s(%(expressions)s, 1, 32)"
    output_field = models.BinaryField()


class Piece(models.Model):
    """A piece of a sealed object, until the object is whole."""

    key = KeyField()
    object = models.BinaryField(max_length=32)  # SHA-256
    kind = models.PositiveSmallIntegerField()  # arasha.engines.channel.up.Kind
    total = models.PositiveIntegerField()  # bytes of the object
    number = models.PositiveIntegerField()
    data = models.BinaryField()
    came_day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["object", "total", "number"], name="one_piece_a_number")
        ]
        indexes = [models.Index(Beginning("data"), name="pieces_by_their_beginning")]

    def __str__(self) -> str:
        return f"piece {self.number}"


class Refusal(models.Model):
    """An object that was whole and could not be taken, and why; the terminal asks and is told."""

    object = models.BinaryField(max_length=32, primary_key=True)
    problem = models.CharField(max_length=60)
    on_day = models.DateField()

    def __str__(self) -> str:
        return self.problem


class Taken(models.Model):
    """An attachment that lies with its appeal: a look at it names no filing, so its own hash is kept.

    A filing has no such row, an appeal's as little as a cover's: its leaf says that it came.
    """

    object = models.BinaryField(max_length=32, primary_key=True)
    on_day = models.DateField()

    class Meta:
        verbose_name_plural = "taken"

    def __str__(self) -> str:
        return f"taken on {self.on_day}"
