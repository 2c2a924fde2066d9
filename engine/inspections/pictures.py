"""Distrusts photos and makes small ones of them, without their hidden data and with little memory."""

import io
import warnings

from PIL import Image, ImageOps

from engine.errors import Invalid
from engine.inspections.scans import has_several_scans
from engine.uploads import Upload, check_upload, safe_label

FIELD = "photo"
SMALL = 480  # pixels of a thumbnail's longer side
QUALITY = 78  # of its JPEG
# Pixels of a picture that can only be unpacked whole: 64 MB of a PNG, 96 MB of a JPEG of several scans, of
# which the decoder keeps every coefficient however small the picture shall be. Phones take 12 million.
MOST_UNPACKED = 16_000_000
JPEG = "image/jpeg"

NO_PICTURE = "“{name}”不是照片。请选择 JPG 或 PNG 格式的照片。"
BROKEN = "照片“{name}”已损坏，打不开。请重新拍摄或选择后再上传。"
TOO_LARGE = "照片“{name}”的尺寸太大。请改用 JPG 格式，或缩小到 1600 万像素以内再上传。"
TOO_LARGE_IN_STEPS = (
    "照片“{name}”是渐进式（分几遍显示）的 JPG，尺寸太大。"
    "请用普通（基线）的 JPG 格式另存，或缩小到 1600 万像素以内再上传。"
)


def check_photo(name: str, content: bytes) -> Upload:
    """Accept a photo that is what its name says. Raises Invalid at `photo` with what the person can do."""
    upload = check_upload(FIELD, name, content)
    if not upload.media_type.startswith("image/"):
        raise Invalid({FIELD: NO_PICTURE.format(name=upload.label)})
    return upload


def thumbnail(content: bytes, name: str = "") -> bytes:
    """A small upright JPEG of a checked photo, without its place, time and comments.

    A JPEG is unpacked at a fraction of its size unless it has several scans. Raises Invalid at `photo` for
    one that is broken inside, or that has to be unpacked whole and is too large for that.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as image:
                return _small(image, content)
    except _TooLarge as fault:
        says = fault.says
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError, Warning):
        says = BROKEN
    raise Invalid({FIELD: says.format(name=safe_label(name))})


class _TooLarge(Exception):
    """A picture that would have to be unpacked whole, and is too large for that; `says` what to do."""

    def __init__(self, says: str) -> None:
        super().__init__(says)
        self.says = says


def _small(image: Image.Image, content: bytes) -> bytes:
    is_large = image.width * image.height > MOST_UNPACKED
    if is_large and image.format != "PNG" and has_several_scans(content):
        raise _TooLarge(TOO_LARGE_IN_STEPS)
    image.draft("RGB", (SMALL, SMALL))  # JPEG only: the decoder leaves out what is not wanted
    if image.width * image.height > MOST_UNPACKED:
        raise _TooLarge(TOO_LARGE)
    image.thumbnail((SMALL, SMALL))
    upright = ImageOps.exif_transpose(image)
    plain = Image.new("RGB", upright.size, "white")
    if upright.has_transparency_data:
        layer = upright.convert("RGBA")
        plain.paste(layer, mask=layer.getchannel("A"))
    else:
        plain.paste(upright.convert("RGB"))
    made = io.BytesIO()
    plain.save(made, "JPEG", quality=QUALITY, optimize=True)
    return made.getvalue()
