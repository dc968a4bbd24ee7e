"""The rules of the house that no linter knows, as functions from a text to its faults.

Each takes one file's text and returns what is wrong in it, so that a test can plant a break.
"""

import ast
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

Rule = Callable[[str], list[str]]
Function = ast.FunctionDef | ast.AsyncFunctionDef

DRAWERS = {"utils", "helpers", "common", "misc", "core"}
MOST_LINES = 400
WRITING_CALLS = {
    "create", "save", "update", "delete", "bulk_create", "bulk_update",
    "get_or_create", "update_or_create", "record",
}  # fmt: skip
OUTSIDE_CALLS = {"open", "now", "today", "utcnow", "read_text", "read_bytes", "write_text"}
REGISTER_TABLES = {"arasha.people.models", "arasha.places.models", "arasha.trust.models"}
SIGNALS = ("django.dispatch", "django.db.models.signals")


def positional_arguments(text: str) -> list[str]:
    """Public services take keyword-only arguments."""
    return [
        f"{function.name} takes positional arguments"
        for function in public_functions(text)
        if function.args.args or function.args.posonlyargs
    ]


def unsigned_writes(text: str) -> list[str]:
    """Public services that write say who acts (`by`) and when (`at`)."""
    writers = _writers(text)
    return [
        f"{function.name} writes without {name}="
        for function in public_functions(text)
        if function.name in writers
        for name in ("by", "at")
        if name not in keywords(function)
    ]


def reads_without_viewer(text: str) -> list[str]:
    """Whoever reads a process's records says for whom."""
    return [
        f"{function.name} has no viewer="
        for function in public_functions(text)
        if not returns_condition(function) and "viewer" not in keywords(function)
    ]


def saves_of_their_own(text: str) -> list[str]:
    """A model defines no save() or delete(): writes live in services."""
    return [
        f"{node.name}.{item.name}: move it to services.py"
        for node in ast.walk(parsed(text))
        if isinstance(node, ast.ClassDef)
        for item in node.body
        if isinstance(item, Function) and item.name in ("save", "delete")
    ]


def outside_world(text: str) -> list[str]:
    """Engines open nothing and ask no clock."""
    return [
        f"line {node.lineno}: {name}(…)"
        for node in ast.walk(parsed(text))
        if isinstance(node, ast.Call) and (name := called(node)) in OUTSIDE_CALLS
    ]


def tables_of_others(text: str, home: str) -> list[str]:
    """Only a process itself asks its tables, others its selectors; registers are open to all above."""
    foreign = {
        alias.asname or alias.name
        for node in ast.walk(parsed(text))
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").endswith(".models")
        and node.module != f"{home}.models"
        and str(node.module).startswith("arasha.")
        and node.module not in REGISTER_TABLES
        for alias in node.names
    }
    return [
        f"line {node.lineno}: {node.value.id}.objects"
        for node in ast.walk(parsed(text))
        if isinstance(node, ast.Attribute)
        and node.attr == "objects"
        and isinstance(node.value, ast.Name)
        and node.value.id in foreign
    ]


def hidden_wires(text: str) -> list[str]:
    """No signals and no on_commit: what happens is written where it happens."""
    found = [f"imports {name}" for name in imported(text) if name.startswith(SIGNALS)]
    for node in ast.walk(parsed(text)):
        if isinstance(node, ast.Attribute) and node.attr == "on_commit":
            found.append(f"line {node.lineno}: on_commit")
    return found


def admin_pages(text: str) -> list[str]:
    """No Django admin: registers are edited on the desk, through services."""
    modules = [name for name in imported(text) if name.startswith("django.contrib.admin")]
    strings = [
        node.value
        for node in ast.walk(parsed(text))
        if isinstance(node, ast.Constant) and node.value == "django.contrib.admin"
    ]
    return [*modules, *strings]


def too_long(text: str) -> list[str]:
    lines = len(text.splitlines())
    return [f"{lines} lines, more than {MOST_LINES}"] if lines > MOST_LINES else []


def strangers(text: str, allowed: Iterable[str]) -> list[str]:
    """Packages from outside that this floor may not use."""
    known = {*allowed, *sys.stdlib_module_names, "arasha"}
    return sorted({top for name in imported(text) if (top := name.split(".")[0]) not in known})


# What a page may not carry: the policy of every door forbids it, so it would be dead there.
_INLINE = (
    (re.compile(r"<script(?![^>]*\bsrc=)[^>]*>", re.IGNORECASE), "an inline script"),
    (re.compile(r"<style\b", re.IGNORECASE), "a style element"),
    (re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE), "a style attribute"),
    (re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE), "an event attribute"),
    (re.compile(r"javascript:", re.IGNORECASE), "a javascript: address"),
)


def inline_code(template: str) -> list[str]:
    plain = _DJANGO_COMMENT.sub("", template)
    return [name for pattern, name in _INLINE if pattern.search(plain)]


_DJANGO_COMMENT = re.compile(r"{#.*?#}|{% comment .*?%}.*?{% endcomment %}", re.DOTALL)
_TRANSLATED = re.compile(r"{%-?\s*blocktrans(?:late)?\b.*?{%-?\s*endblocktrans(?:late)?\s*%}", re.S)
_CODE = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
_INVISIBLE = re.compile(r"<!--.*?-->|<!doctype[^>]*>|<svg\b.*?</svg>", re.DOTALL | re.IGNORECASE)
_SPOKEN = re.compile(r"\s(?:alt|title|placeholder|aria-label)\s*=\s*\"([^\"]*)\"", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>", re.DOTALL)
_ENTITY = re.compile(r"&#?\w+;")
_WORD = re.compile(r"[^\W\d_]{2,}")
# The same in every language.
NAMES = {"Arasha", "Араша", "CSV", "JSON", "QR", "XLSX", "PDF", "EUPL", "TOTP"}


def untranslated(template: str) -> list[str]:
    """Words that a reader would meet in one language only."""
    plain = _INVISIBLE.sub(
        " ", _CODE.sub(" ", _TRANSLATED.sub(" ", _DJANGO_COMMENT.sub("", template)))
    )
    texts = [*_SPOKEN.findall(plain), _TAG.sub("\n", plain)]
    words = (word for text in texts for word in _WORD.findall(_ENTITY.sub(" ", text)))
    return [word for word in words if word not in NAMES]


@lru_cache(maxsize=2_000)
def parsed(text: str) -> ast.Module:
    """The same file is asked by many rules."""
    return ast.parse(text)


def public_functions(text: str) -> Iterator[Function]:
    for node in parsed(text).body:
        if isinstance(node, Function) and not node.name.startswith("_"):
            yield node


def keywords(function: Function) -> set[str]:
    return {argument.arg for argument in function.args.kwonlyargs}


def returns_condition(function: Function) -> bool:
    """True for a mere condition (Q): it reads nothing until a selector filters by it."""
    return isinstance(function.returns, ast.Name) and function.returns.id == "Q"


def imported(text: str) -> Iterator[str]:
    """Every module a file imports, wherever the import stands."""
    for node in ast.walk(parsed(text)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def _writers(text: str) -> set[str]:
    """Names of the module's functions that write, by themselves or through one another."""
    functions = {node.name: node for node in parsed(text).body if isinstance(node, Function)}
    calls = {
        name: {called(node) for node in ast.walk(function) if isinstance(node, ast.Call)}
        for name, function in functions.items()
    }
    writers = {name for name, names in calls.items() if names & WRITING_CALLS}
    while more := {n for n, names in calls.items() if names & writers} - writers:
        writers |= more
    return writers
