"""Takes typed values out of a YAML mapping and notes every mistake with its line, not only the first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from forms.expressions import Expression, UnsafeExpression, compile_expression
from forms.mistakes import Mistake, nearest
from forms.source import Document, Path


@dataclass
class Entry:
    """One mapping of a document. A getter that finds the wrong thing notes it and gives an empty value."""

    document: Document
    keys: Path
    data: Mapping[str, object]
    mistakes: list[Mistake]
    asked: set[str] = field(default_factory=set)

    def wrong(self, key: str, says: str, do: str) -> None:
        """Note a mistake at `key` of this mapping, or at the mapping itself when `key` is empty."""
        keys = (*self.keys, key) if key else self.keys
        self.mistakes.append(self.document.mistake(keys, says, do))

    def text(self, key: str, default: str | None = None) -> str:
        """The words at `key`, numbers and dates included. Without a default the key must be there."""
        value = self._take(key)
        if value is None:
            if default is None:
                self.wrong(key, f"缺少“{key}”。", "请补上。")
            return default or ""
        if isinstance(value, bool) or not isinstance(value, str | int | float | date):
            self.wrong(key, f"“{key}”应当是文字。", "请写成一行文字。")
            return default or ""
        return str(value)

    def whole(self, key: str, default: int) -> int:
        """The whole number, zero or more, at `key`."""
        value = self._take(key)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            self.wrong(key, f"“{key}”应当是不小于 0 的整数。", "请改成数字。")
            return default
        return value

    def flag(self, key: str, default: bool) -> bool:
        value = self._take(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.wrong(key, f"“{key}”应当是 true 或 false。", "请改正。")
            return default
        return value

    def condition(self, key: str, default: bool) -> bool | Expression:
        """`true`, `false` or an expression at `key`."""
        value = self._take(key)
        if value is None or isinstance(value, bool):
            return default if value is None else value
        try:
            return compile_expression(str(value))
        except UnsafeExpression as error:
            self.wrong(key, f"条件“{value}”不能使用：{error}", "请改写条件。")
            return default

    def texts(self, key: str) -> tuple[str, ...]:
        """The list of words at `key`, empty when it is not there."""
        return tuple(str(value) for value in self._list(key))

    def names(self, key: str) -> Mapping[str, str]:
        """What `key` maps names to; a plain list maps each name to an empty string."""
        value = self._take(key)
        if isinstance(value, list):
            return {str(name): "" for name in value}
        if isinstance(value, dict):
            return {name: "" if words is None else str(words) for name, words in value.items()}
        if value is not None:
            self.wrong(key, f"“{key}”应当是列表或“名称: 文字”。", "请改正写法。")
        return {}

    def entry(self, key: str) -> "Entry":
        """The mapping at `key`, empty when it is not there."""
        value = self._take(key)
        if value is not None and not isinstance(value, dict):
            self.wrong(key, f"“{key}”应当是“键: 值”。", "请改正缩进或写法。")
        data = value if isinstance(value, dict) else {}
        return Entry(self.document, (*self.keys, key), data, self.mistakes)

    def entries(self, key: str, name: str = "id") -> Iterator["Entry"]:
        """The mappings in the list at `key`; a plain word stands for a mapping with only `name`."""
        for number, value in enumerate(self._list(key)):
            keys = (*self.keys, key, number)
            data = value if isinstance(value, dict) else {name: value}
            yield Entry(self.document, keys, data, self.mistakes)

    def parts(self) -> Iterator[tuple[str, "Entry"]]:
        """Each key of this mapping with the mapping it holds."""
        for key in self.data:
            yield key, self.entry(key)

    def close(self) -> None:
        """Note every key that nobody asked for, with the nearest one that is known."""
        for key in self.data:
            if key not in self.asked:
                self.wrong(key, f"不认识“{key}”。", nearest(key, self.asked) or "请删去，或改用已有的名称。")

    def _take(self, key: str) -> object:
        self.asked.add(key)
        return self.data.get(key)

    def _list(self, key: str) -> list[object]:
        value = self._take(key)
        if value is not None and not isinstance(value, list):
            self.wrong(key, f"“{key}”应当是列表。", "请每行以“- ”开头。")
        return value if isinstance(value, list) else []


def open_document(document: Document, mistakes: list[Mistake]) -> Entry:
    """The top mapping of a document, noting what is wrong in `mistakes`."""
    return Entry(document, (), document.data, mistakes)
