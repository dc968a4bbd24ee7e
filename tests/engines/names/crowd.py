"""Invented people, each written as Kazakhs, Russians, passports and tired clerks write. Seeded.

It was written beside the tables of the engine, by the same hand: it measures typos, order, scripts and
chance, not what nobody thought of. Real lists of names must follow.
"""

from dataclasses import dataclass
from random import Random  # noqa: TID251 - seeded: the same crowd each time

FIRST = (
    "Нұр Жан Ер Ай Бек Аман Темір Қан Тоқ Дәу Сәр Бай Құт Мұқ Мақ Жұма Қуан Шоқ Ғали Өмір Әбіл Қасым "
    "Сүйін Жақ Ораз Мейір Ділнә Ақ Есен Тұр Ұлық Әсем Қос Шың Сейіт Қожа Досым Мәд Бақ Гүл Сұлу Ырыс Кене Назар"
)
LAST = (
    "лан бек жан болат бай ғали хан тай мұрат сұлтан ділда қали берген сары тас рен дос ғұл қазы шора "
    "дәулет мырза зада гелді батыр шер ат әлім ияр ықбал ұзақ өлең"
)
WHOLE = (
    "Серік Марат Данияр Әсел Айгүл Дана Юрий Пётр Алексей Людмила Юлия Анна Мария Николай Хасен Рахым "
    "Қайрат Дмитрий Сергей Ерлан Ильяс Мұса Әли Жүсіп Қыдыр Ғани Шәкен Чингиз Зейнеп Фатима Ибрагим Халида"
)
MOST_USED = 12  # a few given names are borne by very many

RUSSIAN = str.maketrans({
    "ә": "а", "ғ": "г", "қ": "к", "ң": "н", "ө": "о", "ұ": "у", "ү": "у", "һ": "х", "і": "и",
})  # fmt: skip
_SHARED = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "з": "z", "к": "k", "л": "l",
    "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "ф": "f", "э": "e", "қ": "q",
    "ь": "", "ъ": "", "ы": "y", "ц": "ts",
}  # fmt: skip
APOSTROPHE_2017 = str.maketrans(_SHARED | {
    "ә": "a'", "ғ": "g'", "и": "i'", "й": "i'", "і": "i", "ң": "n'", "ө": "o'", "ш": "s'", "ч": "c'",
    "щ": "s'", "у": "y'", "ұ": "u", "ү": "u'", "ж": "j", "х": "h", "һ": "h", "ю": "i'y'", "я": "i'a",
})  # fmt: skip
ACUTE_2018 = str.maketrans(_SHARED | {
    "ә": "á", "ғ": "ǵ", "и": "ı", "й": "ı", "і": "i", "ң": "ń", "ө": "ó", "ш": "sh", "ч": "ch",
    "щ": "sh", "у": "ý", "ұ": "u", "ү": "ú", "ж": "j", "х": "h", "һ": "h", "ю": "ıý", "я": "ıa",
})  # fmt: skip
DIAERESIS_2021 = str.maketrans(_SHARED | {
    "ә": "ä", "ғ": "ğ", "и": "i", "й": "i", "і": "ı", "ң": "ñ", "ө": "ö", "ш": "ş", "ч": "ç",
    "щ": "ş", "у": "u", "ұ": "ū", "ү": "ü", "ж": "j", "х": "h", "һ": "h", "ю": "iu", "я": "ia",
})  # fmt: skip
PASSPORT = str.maketrans(_SHARED | {
    "ж": "zh", "и": "i", "й": "i", "у": "u", "х": "kh", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "iu",
    "я": "ia", "ъ": "ie",
})  # fmt: skip
ENGLISH = str.maketrans(_SHARED | {
    "ж": "zh", "и": "i", "й": "y", "у": "u", "х": "kh", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu",
    "я": "ya", "ё": "yo",
})  # fmt: skip
# What no table of ours undoes: Russian clerks wrote by ear.
BY_EAR = (
    ("ң", "нг"),
    ("ө", "у"),
    ("ә", "я"),
    ("ұ", "о"),
    ("қ", "х"),
    ("ғ", "х"),
    ("ы", "у"),
    ("бек", "пек"),
)
SCRIPTS = ("kazakh", "kazakh_latin", "russian", "romanised")
VOWELS = "аәеёиоөуұүыіэюя"


@dataclass(frozen=True)
class Person:
    """Surname, given name and father's name in Kazakh Cyrillic, without endings of the father."""

    surname: str
    given: str
    father: str
    is_woman: bool


class Crowd:
    """People and how they are written, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)  # noqa: S311 - no secret
        self.first, self.last, self.whole = (words.split() for words in (FIRST, LAST, WHOLE))

    def people(self, number: int) -> list[Person]:
        """That many people, no two with the same three names."""
        found: dict[Person, None] = {}
        while len(found) < number:
            found[self._person()] = None
        return list(found)

    def written(self, person: Person, script: str, *, typos: float = 0.0) -> str:
        """One spelling in one of `SCRIPTS`; a letter wrong in that share of the writings."""
        name = getattr(self, f"_{script}")(person)
        words = name.split()
        if self.chance.random() < 0.5:
            words = [*words[1:], words[0]]
        name = " ".join(words)
        if self.chance.random() < 0.2:
            name = name.upper()
        return self._mistyped(name) if self.chance.random() < typos else name

    def _person(self) -> Person:
        is_woman = self.chance.random() < 0.4
        root = self._name()
        ending = ("ев" if root[-1] in VOWELS + "й" else "ов") + "а" * is_woman
        return Person(root.rstrip("ій") + ending, self._name(), self._name(), is_woman)

    def _name(self) -> str:
        if self.chance.random() < 0.3:
            most = MOST_USED if self.chance.random() < 0.5 else None
            return self.chance.choice(self.whole[:most])
        return self.chance.choice(self.first) + self.chance.choice(self.last)

    def _kazakh(self, person: Person) -> str:
        ending = "қызы" if person.is_woman else "ұлы"
        gap = " " if self.chance.random() < 0.1 else ""
        return f"{person.surname} {person.given} {person.father}{gap}{ending}"

    def _kazakh_latin(self, person: Person) -> str:
        table = self.chance.choice((APOSTROPHE_2017, ACUTE_2018, DIAERESIS_2021))
        return self._kazakh(person).lower().translate(table).title()

    def _russian(self, person: Person) -> str:
        surname, given, father = (
            self._in_russian(name) for name in (person.surname, person.given, person.father)
        )
        if self.chance.random() < 0.5:
            return f"{surname} {given} {father}{'кызы' if person.is_woman else 'улы'}"
        ending = "вна" if person.is_woman else "вич"
        glide = "е" if father[-1] in "аеиоуыюяйь" else "о"
        return f"{surname} {given} {father.rstrip('йь')}{glide}{ending}"

    def _in_russian(self, name: str) -> str:
        text = name.lower()
        if self.chance.random() < 0.05:
            text = text.replace(*self.chance.choice(BY_EAR))
        text = text.translate(RUSSIAN)
        if self.chance.random() < 0.3:
            text = text.replace("ё", "е")
        if text.startswith("ж") and self.chance.random() < 0.15:
            text = "д" + text
        return text.capitalize()

    def _romanised(self, person: Person) -> str:
        russian = self._russian(person).lower()
        if self.chance.random() < 0.5:
            return russian.translate(PASSPORT).title()
        text = russian.translate(ENGLISH)
        if self.chance.random() < 0.5:
            text = text.replace("aev", "ayev").replace("iev", "iyev")
        if self.chance.random() < 0.3:
            text = "".join(
                "ss" if c == "s" and 0 < n < len(text) - 1 and text[n + 1] in "aeiouy" else c
                for n, c in enumerate(text)
            )
        return text.title()

    def _mistyped(self, name: str) -> str:
        at = self.chance.randrange(len(name))
        near = name[self.chance.randrange(len(name))].lower()
        return self.chance.choice((
            name[:at] + name[at + 1 :],
            name[:at] + near + name[at + 1 :],
            name[:at] + near + name[at:],
            name[:at] + name[at + 1 : at + 2] + name[at : at + 1] + name[at + 2 :],
        ))  # fmt: skip
