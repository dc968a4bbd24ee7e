"""A new country's pack: a folder that is sound from the first minute, in English, all of it a draft."""

import json
from pathlib import Path

from arasha.packs.loading import load
from arasha.packs.model import Pack, PackText, Term, Vocabulary

SKELETON = Path(__file__).parent / "skeleton"
MODEL = "kz"  # whose words and codes a new pack begins with
LANGUAGE = "en"


def begin(code: str, into: Path) -> Path:
    """Write the folder `into`/`code`. Raises FileExistsError rather than touch one that is there."""
    root = into / code
    root.mkdir(parents=True)
    for source in sorted(SKELETON.rglob("*.toml")):
        words = source.read_text(encoding="utf-8").replace("@CODE@", code)
        _write(root / source.relative_to(SKELETON), words)
    model = load(MODEL)
    for vocabulary in model.vocabularies.values():
        _write(root / "vocabularies" / f"{vocabulary.code}.toml", _vocabulary(vocabulary))
    for name, texts in _by_file(model).items():
        _write(root / "texts" / f"{name}.toml", _texts(texts))
    return root


def _vocabulary(vocabulary: Vocabulary) -> str:
    terms = (
        f'[[term]]\ncode = "{term.code}"\n{_marks(term)}name = {{ {LANGUAGE} = {_quoted(term.name[LANGUAGE])} }}\n'
        for term in vocabulary.terms.values()
    )
    title = f"title = {{ {LANGUAGE} = {_quoted(vocabulary.title[LANGUAGE])} }}\n"
    if vocabulary.checked:
        title += 'checked = "unverified"\n'
    return "\n".join([title, *terms])


def _marks(term: Term) -> str:
    """What the code must know of a term. Its article and how long it is kept are the other country's."""
    marks = {"means": term.means, "relief": term.relief}
    return "".join(f'{key} = "{value}"\n' for key, value in marks.items() if value)


def _by_file(pack: Pack) -> dict[str, list[PackText]]:
    files: dict[str, list[PackText]] = {}
    for text in pack.texts.values():
        files.setdefault(text.key.partition(".")[0], []).append(text)
    return files


def _texts(texts: list[PackText]) -> str:
    newest = max(text.date for text in texts)
    head = f'author = {_quoted(texts[0].author)}\nstate = "draft"\ndate = {newest.isoformat()}\n'
    tables = (
        f"[{text.key.partition('.')[2]}]\n{LANGUAGE} = {_quoted(text.text[LANGUAGE])}\n"
        for text in texts
    )
    return "\n".join([head, *tables])


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)  # a JSON string is a TOML basic string


def _write(path: Path, words: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(words, encoding="utf-8")
