"""Words for people, in every language of the pack."""

from collections.abc import Iterator, Mapping


class Text(Mapping[str, str]):
    """Language → words. Immutable; the first language is the one to fall back to."""

    __slots__ = ("_words",)

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = dict(words)

    def in_(self, language: str) -> str:
        """The words in `language`; `kk-arab` tries `kk`; else the pack's first language."""
        for candidate in (language, language.partition("-")[0]):
            if candidate in self._words:
                return self._words[candidate]
        return next(iter(self._words.values()), "")

    def __getitem__(self, language: str) -> str:
        return self._words[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)

    def __hash__(self) -> int:
        return hash(tuple(self._words.items()))

    def __repr__(self) -> str:
        return f"Text({self._words!r})"
