"""What other offices already know of a subject, asked of a provider that says its source and date."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from engine.errors import Refusal
from engine.files import Files
from forms.mistakes import Mistakes
from forms.source import read_document

REGISTRY = "processes/demo/registry.yaml"


class NotKnown(Refusal):
    """The provider answered: it has no such subject. The form goes on with typed values."""

    says = "共享数据中没有这个统一社会信用代码的登记信息。"
    do = "请对照营业执照核对代码；代码无误的，请直接在下面填写，不影响申请。"


class Unavailable(Refusal):
    """The provider cannot be asked now: nothing is known, neither good nor bad. The form goes on."""

    says = "暂时查询不到共享数据。"
    do = "您可以稍后再试，也可以直接在下面填写，不影响申请。"


@dataclass(frozen=True)
class SharedRecord:
    """Values by the fields' `shared` keys; `source` is the office's Chinese name, `at` when it was asked."""

    values: Mapping[str, object]
    source: str
    at: datetime


class SharedData(Protocol):
    """Any office's register that can be asked about a subject."""

    def lookup(self, uscc: str, *, now: datetime) -> SharedRecord:
        """What is known of the subject with this code. Raises NotKnown or Unavailable."""
        ...


@dataclass(frozen=True)
class Registry:
    """The embedded provider: a small register of made-up subjects in the demo's files."""

    files: Files

    def lookup(self, uscc: str, *, now: datetime) -> SharedRecord:
        """What the register says of this subject; Unavailable when it cannot be read."""
        try:
            data = read_document(self.files, REGISTRY).data
        except Mistakes as error:
            raise Unavailable from error
        subjects = data.get("subjects")
        values = subjects.get(uscc) if isinstance(subjects, dict) else None
        if not isinstance(values, dict):
            raise NotKnown
        return SharedRecord(values, str(data.get("source", "")), now)


@dataclass(frozen=True)
class NotConnected:
    """What production has until a register is connected: nothing is known, and nothing made up is shown."""

    def lookup(self, uscc: str, *, now: datetime) -> SharedRecord:
        """Always Unavailable; the form goes on with typed values."""
        raise Unavailable
