"""What is wrong with a file as PDF/A-3a, less two false alarms of the validator."""

import re

import page

# It reads the widths of CID-keyed CFF fonts (all Noto CJK) wrongly: fontTools finds no mismatch in them.
WIDTHS = "GLYPH-WIDTH-001"
# It takes a last byte 0x0D of a stream's data, with the line feed after it, for one line end.
LENGTHS = "STREAM-LENGTH-001"


def faults(pdf: bytes) -> list[str]:
    found = [str(fault) for fault in page.validate_pdf_bytes(pdf, profile="3a").failures]
    alarms = (WIDTHS, LENGTHS) if every_length_is_true(pdf) else (WIDTHS,)
    return [fault for fault in found if not any(alarm in fault for alarm in alarms)]


def every_length_is_true(pdf: bytes) -> bool:
    """Whether `endstream` follows where each stream's /Length says that its data ends."""
    starts = [found.end() for found in re.finditer(rb">>\s*stream\n", pdf)]
    lengths = [int(re.findall(rb"/Length (\d+)", pdf[max(0, start - 500) : start])[-1]) for start in starts]
    ends = zip(starts, lengths, strict=True)
    return bool(starts) and all(pdf.startswith(b"\nendstream", start + length) for start, length in ends)
