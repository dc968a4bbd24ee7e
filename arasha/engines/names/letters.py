"""The letters of names: what each becomes in plain Latin before it is folded.

Data of the languages, not of a country. Sources, as read on 2026-11-23:
- Russian letters: ICAO Doc 9303 part 3, the table for Cyrillic (extract: docs.cntd.ru/document/420215211).
- Kazakh letters in passports and tickets (Қ K, Ғ G, Ң N, Ө O, Ұ and Ү U, Ә A, Һ KH): carriers' table at
  help.anywayanyday.business/article/25717.
- Kazakh names in Russian (Ә as А, Ө as О, Ү and Ұ as У, Қ as К, Ң as Н, Ғ as Г, йы and йі as И): the
  instruction for the rendering of personal names, as quoted at ya.ru/neurum (from dogovor24.kz, nur.kz).
- Latin of 2017, apostrophes: Decree of the President No 569 of 2017-10-26; letters as tabled in
  github.com/daniyarmukhanov/kazqaz. Of 2018, acutes, sh, ch: the same decree as amended on 2018-02-19
  (qazaqtimes.com/en/article/34469). Of 2021, Ä Ö Ü Ū Ğ Ş: a draft, never decreed
  (qazlat.kz/ru/docs/alphabet2021).
- Everything else (digraphs, other Latin letters, look-alikes, endings of patronymics): own table.
"""

CYRILLIC = str.maketrans({
    "а": "a", "ә": "a", "б": "b", "в": "v", "г": "g", "ғ": "g", "ґ": "g", "д": "d", "е": "e",
    "ё": "e", "є": "e", "ж": "zh", "з": "z", "и": "i", "й": "i", "і": "i", "ї": "i", "к": "k",
    "қ": "k", "л": "l", "м": "m", "н": "n", "ң": "n", "о": "o", "ө": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ұ": "u", "ү": "u", "ў": "u", "ф": "f", "х": "kh", "һ": "kh",
    "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "iu",
    "я": "ia",
})  # fmt: skip

# Latin letters whose mark says more than its absence would. Other marks are dropped.
LATIN = str.maketrans({
    "ş": "sh", "ș": "sh", "š": "sh", "ŝ": "sh", "ś": "sh", "ç": "ch", "č": "ch", "ć": "ch", "ž": "zh",
    "ý": "u", "ə": "a", "ɵ": "o", "ı": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "þ": "t",
})  # fmt: skip

APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼʹ′`´ʻʾʿ＇", "'"))

# Letters that look alike in both scripts: typed by mistake, by a scanner or in order not to be found.
_LATIN_ALIKE = "ABCEHIKMOPTXYaceiopxyhƏə"
_CYRILLIC_ALIKE = "АВСЕНІКМОРТХУасеіорхуһӘә"
TO_CYRILLIC = str.maketrans(_LATIN_ALIKE, _CYRILLIC_ALIKE)
TO_LATIN = str.maketrans(_CYRILLIC_ALIKE, _LATIN_ALIKE)
