"""What may follow a case as a case of its own: its process, its number, how it is called and ends.

Each process is a diagram of the same name in processes/lifecycle/.
"""

from collections.abc import Mapping
from dataclasses import dataclass

POST_CHECK, CHANGE, RENEWAL, CANCELLATION = "post_check", "change", "renewal", "cancellation"
REISSUE, SUSPENSION, RESUMPTION, REVOCATION = "reissue", "suspension", "resumption", "revocation"


@dataclass(frozen=True)
class Kind:
    """One kind of case that follows another.

    `word` stands in its number. `name` is what is done to the certificate, `ended` the status of a case that
    did it; one that did not ends as `not_…`. `asked`: the holder asks for it, and may withdraw it.
    `days` are working days until it is to be done.
    """

    word: str
    name: str
    ended: str
    asked: bool
    days: int


KINDS: Mapping[str, Kind] = {
    POST_CHECK: Kind("HX", "承诺核查", "kept", asked=False, days=40),
    CHANGE: Kind("BG", "变更", "changed", asked=True, days=5),
    RENEWAL: Kind("YX", "延续", "renewed", asked=True, days=5),
    CANCELLATION: Kind("ZX", "注销", "cancelled", asked=True, days=3),
    REISSUE: Kind("BZ", "补证", "reissued", asked=True, days=1),
    SUSPENSION: Kind("ZT", "暂停", "suspended", asked=False, days=3),
    RESUMPTION: Kind("HF", "恢复", "resumed", asked=False, days=3),
    REVOCATION: Kind("CX", "撤销", "revoked", asked=False, days=20),
}
EVIDENCE = "evidence"  # what a file stands for that came with such a case, for all offices of it
OVERTAKEN = "overtaken"  # the outcome of an item whose licence ended while the case about it went on


def told_of(process: str) -> dict[str, object]:
    """What letters and messages may say of a case by its process alone.

    `name` is what it does to the certificate, "" for an application. Exactly one of the others holds where
    it came to nothing: `anew`, it may be applied for anew; `stays`, what was granted stays as it is;
    `runs_out`, what was granted ends on its last day.
    """
    name = KINDS[process].name if process else ""
    runs_out = process == RENEWAL
    return {"name": name, "anew": not process, "stays": bool(process) and not runs_out, "runs_out": runs_out}
