"""Promises the words of a verdict on a paper, and how what its seal tells changes it."""

from dataclasses import dataclass, replace

from certificates.sealing.checking import ALTERED as ALTERED_SEAL
from certificates.sealing.checking import FOREIGN, NONE, REVOKED, UNCERTAIN, SealCheck
from certificates.sealing.checking import GOOD as GOOD_SEAL

GOOD, ALTERED, ENDED, UNKNOWN, CANNOT_TELL = "valid", "changed", "revoked", "unknown", "cannot_tell"
AS_REGISTERED = "文件与登记的一致。"
BY_SEAL = {REVOKED: ENDED, ALTERED_SEAL: ALTERED, FOREIGN: CANNOT_TELL, UNCERTAIN: CANNOT_TELL}


@dataclass(frozen=True)
class Verdict:
    """What is to be thought of it: one of the five words, and why, in Chinese; `number` where it is known.

    `as_issued` tells of a file whether it is what was issued, by its bytes and its seal, whatever became of
    the licences since; None of what is no file.
    """

    verdict: str
    reasons: tuple[str, ...]
    number: str | None = None
    public_id: str | None = None
    as_issued: bool | None = None


def judged_with_seal(found: Verdict, seal: SealCheck) -> Verdict:
    """The verdict on a file that is in the register, now that its seal was looked at.

    What was printed before there were seals has none, and is known by its bytes alone.
    """
    word = BY_SEAL.get(seal.word)
    first, *others = found.reasons
    verdict = word if word and found.verdict == GOOD else found.verdict
    as_issued = seal.word in (GOOD_SEAL, NONE)
    return replace(found, verdict=verdict, reasons=(first, seal.says, *others), as_issued=as_issued)
