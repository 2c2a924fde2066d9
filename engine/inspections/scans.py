"""Tells a JPEG that is unpacked row by row from one of which the decoder has to keep everything at once.

So is one of several scans, each with a part of the picture: a progressive one, or one colour after another.
Source: ITU-T T.81, annex B (the markers and what follows them).
"""

START_OF_SCAN = 0xDA
PROGRESSIVE = (0xC2, 0xCA)
FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # the other three are tables
ALONE = {0x00, 0x01, *range(0xD0, 0xD8)}  # not followed by a length


def has_several_scans(jpeg: bytes) -> bool:
    """Whether the picture comes in several scans; also for what breaks off before the first one."""
    at, colours = 2, 0
    while (at := jpeg.find(b"\xff", at)) >= 0 and at + 9 < len(jpeg):
        marker = jpeg[at + 1]
        if marker == 0xFF or marker in ALONE:
            at += 1 if marker == 0xFF else 2
            continue
        if marker in PROGRESSIVE:
            return True
        if marker in FRAMES:
            colours = jpeg[at + 9]
        if marker == START_OF_SCAN:
            return jpeg[at + 4] < colours
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    return True
