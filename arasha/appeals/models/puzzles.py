from django.db import models


class SpentPuzzle(models.Model):
    """A puzzle whose solution came with a letter. It names no letter, and goes when the puzzle is too old."""

    challenge = models.BinaryField(max_length=32, primary_key=True)  # SHA-256
    on_day = models.DateField()

    def __str__(self) -> str:
        return f"spent on {self.on_day}"
