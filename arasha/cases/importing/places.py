"""Places as other registers name them: by our code, or by their name in any language."""

from collections import defaultdict
from collections.abc import Iterable

from arasha.cases.importing.guessing import folded
from arasha.places.models import Place
from arasha.references import fold_number


class Places:
    """Looked up once for a whole table."""

    def __init__(self, known: Iterable[Place]) -> None:
        self._by_code: dict[str, Place] = {}
        self._by_name: dict[str, dict[object, Place]] = defaultdict(dict)
        for place in known:
            self._by_code[fold_number(place.code)] = place
            for name in place.name.values():
                self._by_name[folded(name)][place.pk] = place

    def named(self, text: str) -> list[Place]:
        """One: it is meant. None: nobody knows it. More: the name is not enough."""
        code = fold_number(text)
        if code in self._by_code:
            return [self._by_code[code]]
        return list(self._by_name.get(folded(text), {}).values())

    def begun(self, text: str) -> str:
        """The code of the one place whose name or code begins so; else the text as it is."""
        if not text.strip() or self.named(text):
            return text
        name, code = folded(text), fold_number(text)
        found = {each.code for key, each in self._by_code.items() if code and key.startswith(code)}
        for known, same in self._by_name.items():
            if name and known.startswith(name):
                found |= {each.code for each in same.values()}
        return found.pop() if len(found) == 1 else text
