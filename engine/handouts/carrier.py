"""Who takes a certificate to its holder by post; a carrier with a system is one more class here."""

import re
from dataclasses import dataclass
from typing import Protocol

from engine.errors import Invalid

_TRACKING = re.compile(r"[0-9A-Z]{8,30}", re.ASCII)  # UPU S10 has 13; the domestic express 13 to 15


@dataclass(frozen=True)
class Parcel:
    """What was given to a carrier: its name and the number under which it is tracked."""

    carrier: str
    tracking: str


class Carrier(Protocol):
    """Takes a certificate to its holder."""

    name: str

    def take(self, tracking: str) -> Parcel:
        """The parcel that was handed over under this number; Invalid at `tracking`."""


class Slip:
    """The carrier without a system: the window types the number that stands on the slip."""

    name = "邮政特快专递"

    def take(self, tracking: str) -> Parcel:
        """The parcel under the number as printed: capitals and digits, spaces left out."""
        number = "".join(tracking.split()).upper()
        if not _TRACKING.fullmatch(number):
            raise Invalid({"tracking": "请填写邮件号码，8 至 30 位数字或者字母，照邮寄单上的写。"})
        return Parcel(self.name, number)


CARRIERS: tuple[Carrier, ...] = (Slip(),)
