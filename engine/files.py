"""The designers' files as one mapping of path to text: from the folder, a test or a deployment."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from engine.rules import rule_path
from forms.mistakes import Mistake, Mistakes
from forms.source import Document, Files, paths_under, read_document

__all__ = ["Files", "digest", "files_of", "industries_in", "read_folder"]

PATTERNS = (
    "processes/**/*.yaml",
    "processes/**/*.bpmn",
    "processes/**/*.dmn",
    "processes/letters/*.typ",
    "forms/definitions/**/*.yaml",
)
# Every industry needs these; scenarios and demo data are in no deployment, for they change nothing in a case.
EVERY_INDUSTRY = (
    "processes/departments.yaml",
    "processes/groups.yaml",
    "processes/yardsticks.yaml",
    "processes/regions.yaml",
    "processes/materials.yaml",
    "processes/messages.yaml",
    "forms/definitions/fields.yaml",
    "forms/definitions/sections.yaml",
)
FIELDS = "forms/definitions/fields"  # the field library where it is split
STEPS = "forms/definitions/steps/"  # the clerks' forms: every diagram may use them
LIFECYCLE = "processes/lifecycle/"  # what may follow the case of any industry
LETTERS = "processes/letters/"

# rules["name"], also inside a quoted YAML text
_RULE = re.compile(r"""\brules\s*\[\s*\\?["']([a-z0-9_]+)\\?["']\s*\]""")
_CALL = re.compile(r"""\bcalledElement\s*=\s*["']([^"']+)["']""")
_WORD = re.compile(r"[a-z][a-z0-9_]*")


def read_folder(root: Path) -> Files:
    """All files of the designers under the repository `root`, keyed by their path from it with `/`.

    Raises Mistakes for files that are not UTF-8; byte order marks and kinds of line end make no difference.
    """
    paths = sorted({path for pattern in PATTERNS for path in root.glob(pattern) if path.is_file()})
    files: dict[str, str] = {}
    mistakes = []
    for path in paths:
        name = path.relative_to(root).as_posix()
        try:
            files[name] = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            mistakes.append(Mistake(name, "文件", "不是 UTF-8 编码。", "请用 UTF-8 另存后再发布。"))
    if mistakes:
        raise Mistakes(mistakes)
    return files


def industries_in(files: Files) -> tuple[str, ...]:
    """The ids of all industries that have a folder in `files`, by name of folder."""
    found = (re.fullmatch(r"processes/([^/]+)/industry\.yaml", path) for path in files)
    return tuple(sorted(match[1] for match in found if match))


def files_of(files: Files, industry: str) -> Files:
    """What one industry's deployment needs and nothing else, so that a change elsewhere is no new version.

    The diagrams of items and the shared ones are those that its own diagrams call, the forms those that its
    items name, with the fields that those ask. Files that are referred to but missing are left out: the check
    names them. Raises Mistakes when industry.yaml or an item cannot be read at all.
    """
    document = read_document(files, f"processes/{industry}/industry.yaml")
    wanted = {*EVERY_INDUSTRY, *_own(files, industry)}
    for item in _ids(document, "items"):
        path = f"processes/items/{item}.yaml"
        wanted.add(path)
        if path in files:
            wanted.add(f"forms/definitions/items/{read_document(files, path).data.get('form')}.yaml")
    wanted |= _called(files, wanted)
    wanted |= {rule_path(name) for path in wanted for name in _RULE.findall(files.get(path, ""))}
    wanted |= {path for path in files if path.startswith((STEPS, LIFECYCLE, LETTERS))}
    wanted |= _fields(files, wanted)
    return {path: files[path] for path in sorted(wanted) if path in files}


def digest(files: Files) -> str:
    """SHA-256 in hex over all paths and texts; the order in which they stand makes no difference."""
    total = hashlib.sha256()
    for path, text in sorted(files.items()):
        for part in (path.encode(), text.encode()):
            total.update(len(part).to_bytes(8, "big") + part)
    return total.hexdigest()


def _own(files: Files, industry: str) -> Iterator[str]:
    folder = f"processes/{industry}/"
    return (path for path in files if path.startswith(folder) and "/" not in path.removeprefix(folder))


def _called(files: Files, paths: set[str]) -> set[str]:
    """The items' and shared diagrams that the diagrams in `paths` call, directly or through each other."""
    open_paths, found = list(paths), set[str]()
    while open_paths:
        path = open_paths.pop()
        names = _CALL.findall(files.get(path, "")) if path.endswith(".bpmn") else []
        new = {f"processes/{folder}/{name}.bpmn" for name in names for folder in ("items", "shared")} - found
        found |= new
        open_paths += new
    return found


def _fields(files: Files, paths: set[str]) -> set[str]:
    """The files of the field library that define a field which `paths`, or another such file, name."""
    library = {path: _defined(files, path) for path in paths_under(files, FIELDS)}
    naming = (path for path in paths if path.endswith(".yaml") and not _of_all(path))
    texts = (files.get(path, "") for path in naming)
    named, found = {word for text in texts for word in _WORD.findall(text)}, set[str]()
    while new := {path for path, ids in library.items() if path not in found and ids & named}:
        found |= new
        named |= {word for path in new for word in _WORD.findall(files[path])}
    return found


def _of_all(path: str) -> bool:
    """Whether a file lists what all industries have in common, which names no field of a form."""
    return path.startswith(LETTERS) or (path in EVERY_INDUSTRY and path.startswith("processes/"))


def _defined(files: Files, path: str) -> set[str]:
    """The ids of the fields in a file; none of one that cannot be read: the check names it."""
    try:
        fields = read_document(files, path).data.get("fields")
    except Mistakes:
        return set()
    return set(fields) if isinstance(fields, dict) else set()


def _ids(document: Document, key: str) -> Iterator[str]:
    found = document.data.get(key)
    for entry in found if isinstance(found, list) else []:
        yield str(entry.get("id") if isinstance(entry, dict) else entry)
