"""Distrusts an uploaded file: its name, its size and its bytes must agree before anything is kept."""

import io
import unicodedata
import warnings
from dataclasses import dataclass

from PIL import Image, UnidentifiedImageError

from engine.errors import Invalid

LARGEST_FILE = 10 * 1024 * 1024  # bytes
MOST_PIXELS = 50_000_000  # a scan of A3 at 400 dpi has 31 million
LONGEST_LABEL = 120  # characters of the original name that are kept for people to read
ACCEPTED = ".pdf,.jpg,.jpeg,.png"

_TYPES = {".pdf": "application/pdf", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png"}
_MAGIC = {"application/pdf": b"%PDF-", "image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG\r\n\x1a\n"}
_ZIP_END = b"PK\x05\x06"
_ZIP_END_SIZE = 22  # bytes of a zip's end record without its comment

EMPTY = "文件“{name}”是空的。请检查后重新选择。"
TOO_LARGE = "文件“{name}”超过 10 MB。请压缩、降低扫描分辨率或拆分后再上传。"
WRONG_TYPE = "文件“{name}”不是 PDF、JPG 或 PNG。请转换格式后再上传。"
NOT_WHAT_IT_SAYS = "文件“{name}”的内容与扩展名不一致。请用原来的软件重新导出后再上传。"
TWO_IN_ONE = "文件“{name}”里夹带了其他文件。请重新扫描或导出后再上传。"
LOCKED = "文件“{name}”设有密码。请去掉密码后再上传。"
BROKEN = "文件“{name}”已损坏，无法打开。请重新扫描或导出后再上传。"
TOO_MANY_PIXELS = "图片“{name}”的尺寸太大（超过 5000 万像素）。请缩小后再上传。"
NOTHING_CHOSEN = "请先选择文件，再点“上传”。"


@dataclass(frozen=True)
class Upload:
    """A file that passed: the name to show, its media type and its bytes."""

    label: str
    media_type: str
    content: bytes


def check_upload(field: str, name: str, content: bytes) -> Upload:
    """Accept a file that is what its name says. Raises Invalid at `field` with what the person can do."""
    label = safe_label(name)
    wrong = _first_fault(name, content)
    if wrong:
        raise Invalid({field: wrong.format(name=label)})
    return Upload(label, _TYPES[_extension(name)], content)


def safe_label(name: str) -> str:
    """A file's own name fit to be shown: no path, no control, direction or invisible characters."""
    base = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(c for c in unicodedata.normalize("NFC", base) if unicodedata.category(c)[0] != "C")
    words = " ".join(kept.split()).lstrip(". ")
    for forbidden in '<>:"|?*':
        words = words.replace(forbidden, "_")
    stem, dot, extension = words.rpartition(".")
    if not dot:
        return words[:LONGEST_LABEL] or "未命名文件"
    return f"{stem[: LONGEST_LABEL - len(extension) - 1] or '未命名文件'}.{extension[:10]}"


def _extension(name: str) -> str:
    label = safe_label(name)
    return f".{label.rpartition('.')[2].lower()}" if "." in label else ""


def _first_fault(name: str, content: bytes) -> str | None:
    if not name:
        return NOTHING_CHOSEN
    if not content:
        return EMPTY
    if len(content) > LARGEST_FILE:
        return TOO_LARGE
    media_type = _TYPES.get(_extension(name))
    if media_type is None:
        return WRONG_TYPE
    if not content.startswith(_MAGIC[media_type]):
        return NOT_WHAT_IT_SAYS
    if _carries_zip(content) or (media_type != "application/pdf" and b"%PDF-" in content[:1024]):
        return TWO_IN_ONE
    return _pdf_fault(content) if media_type == "application/pdf" else _image_fault(content, media_type)


def _carries_zip(content: bytes) -> bool:
    """Whether a zip ends at the end of the file: that is where an archive program looks for one."""
    at = content.rfind(_ZIP_END, -(65535 + _ZIP_END_SIZE))
    if at < 0 or at + _ZIP_END_SIZE > len(content):
        return False
    comment = int.from_bytes(content[at + 20 : at + 22], "little")
    return at + _ZIP_END_SIZE + comment == len(content)


def _pdf_fault(content: bytes) -> str | None:
    if b"%%EOF" not in content[-2048:]:
        return BROKEN
    return LOCKED if b"/Encrypt" in content else None


def _image_fault(content: bytes, media_type: str) -> str | None:
    """Reads the picture's header and checks its structure; the pixels are never unpacked."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=[media_type.partition("/")[2].upper()]) as image:
                width, height = image.size
                image.verify()
    except Image.DecompressionBombError:
        return TOO_MANY_PIXELS
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError):
        return BROKEN
    return TOO_MANY_PIXELS if width * height > MOST_PIXELS else None
