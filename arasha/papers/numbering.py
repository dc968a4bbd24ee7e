"""Word's own numbering: lists that renumber themselves when somebody edits, never typed digits."""

from collections.abc import Sequence
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

_CM = 567  # twentieths of a point
# What a level shows, and where its text begins and its number hangs.
OUTLINE = (("%1.", 0.9, 0.9), ("%1.%2.", 1.1, 1.1))
GROUP = (("%1)", 1.1, 0.7),)


class Numbering:
    """The lists of one document: an outline 1. / 1.1. through all of it, and groups that each begin at 1)."""

    def __init__(self, document: Any) -> None:
        self._element = document.part.numbering_part.element
        for old in list(self._element):
            self._element.remove(old)
        self._nums: list[Any] = []
        self._define(1, OUTLINE)
        self._define(2, GROUP)
        self._outline = self._list(1)
        self._group = self._outline

    def outline(self, paragraph: Any, level: int) -> None:
        _number(paragraph, self._outline, level)

    def group(self, paragraph: Any, *, new: bool) -> None:
        if new:
            self._group = self._list(2, restart=True)
        _number(paragraph, self._group, 0)

    def _define(self, key: int, levels: Sequence[tuple[str, float, float]]) -> None:
        abstract = _element("w:abstractNum", abstractNumId=key)
        abstract.append(_element("w:multiLevelType", val="multilevel"))
        for at, (shown, begins, hangs) in enumerate(levels):
            level = _element("w:lvl", ilvl=at)
            for name, value in (
                *(
                    ("w:start", 1),
                    ("w:numFmt", "decimal"),
                    ("w:lvlText", shown),
                    ("w:lvlJc", "left"),
                ),
            ):
                level.append(_element(name, val=value))
            place = OxmlElement("w:pPr")
            place.append(_element("w:ind", left=int(begins * _CM), hanging=int(hangs * _CM)))
            level.append(place)
            abstract.append(level)
        self._element.append(abstract)

    def _list(self, abstract: int, *, restart: bool = False) -> int:
        key = len(self._nums) + 1
        num = _element("w:num", numId=key)
        num.append(_element("w:abstractNumId", val=abstract))
        if restart:
            override = _element("w:lvlOverride", ilvl=0)
            override.append(_element("w:startOverride", val=1))
            num.append(override)
        self._nums.append(num)
        self._element.append(num)
        return key


def _number(paragraph: Any, key: int, level: int) -> None:
    numbers = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    numbers.get_or_add_ilvl().val = level
    numbers.get_or_add_numId().val = key


def _element(name: str, **values: object) -> Any:
    element = OxmlElement(name)
    for key, value in values.items():
        element.set(qn(f"w:{key}"), str(value))
    return element
