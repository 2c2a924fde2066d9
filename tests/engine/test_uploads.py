"""Uploads are distrusted: every bad file of the corpus is refused in words that say what helps."""

import io
import struct
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfWriter

from engine import uploads
from engine.errors import Invalid
from engine.uploads import check_upload, safe_label


def picture(kind: str, size: tuple[int, int] = (40, 30)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, kind)
    return out.getvalue()


def pdf(password: str = "") -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("hidden.exe", "MZ")
    return out.getvalue()


def huge_png() -> bytes:
    """A few bytes that would unpack to 30000 × 30000 pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b""))
        + chunk(b"IEND", b"")
    )


EICAR_LIKE = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$NOT-THE-REAL-TEST-FILE!$H+H*"
BAD = {
    "empty": ("平面图.pdf", b"", uploads.EMPTY),
    "text renamed to pdf": ("说明.pdf", EICAR_LIKE, uploads.NOT_WHAT_IT_SAYS),
    "archive": ("材料.zip", archive(), uploads.WRONG_TYPE),
    "archive renamed to png": ("材料.png", archive(), uploads.NOT_WHAT_IT_SAYS),
    "png renamed to pdf": ("图.pdf", picture("PNG"), uploads.NOT_WHAT_IT_SAYS),
    "pdf with an archive behind it": ("图.pdf", pdf() + archive(), uploads.TWO_IN_ONE),
    "jpeg with an archive behind it": ("图.jpg", picture("JPEG") + archive(), uploads.TWO_IN_ONE),
    "jpeg that is a pdf too": ("图.jpg", b"\xff\xd8\xff\xe0" + pdf(), uploads.TWO_IN_ONE),
    "huge in pixels": ("图.png", huge_png(), uploads.TOO_MANY_PIXELS),
    "cut off png": ("图.png", picture("PNG")[:50], uploads.BROKEN),
    "pdf that never ends": ("图.pdf", b"%PDF-1.7\n", uploads.BROKEN),
    "pdf with a password": ("图.pdf", pdf("secret"), uploads.LOCKED),
    "too large": ("图.pdf", b"%PDF-" + b"0" * uploads.LARGEST_FILE, uploads.TOO_LARGE),
    "two extensions": ("图.pdf.exe", pdf(), uploads.WRONG_TYPE),
    "right-to-left trick": ("图\u202efdp.exe", pdf(), uploads.WRONG_TYPE),
    "svg": ("图.svg", b"<svg onload='alert(1)'/>", uploads.WRONG_TYPE),
    "no extension": ("passwd", pdf(), uploads.WRONG_TYPE),
}


@pytest.mark.parametrize(("name", "content", "says"), BAD.values(), ids=BAD.keys())
def test_a_bad_file_is_refused_in_words(name: str, content: bytes, says: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_upload("floor_plan", name, content)
    assert refused.value.errors == {"floor_plan": says.format(name=safe_label(name))}


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("平面图.PDF", pdf(), "application/pdf"),
        ("照片.jpg", picture("JPEG"), "image/jpeg"),
        ("照片.JPEG", picture("JPEG"), "image/jpeg"),
        ("扫描.png", picture("PNG"), "image/png"),
    ],
)
def test_a_good_file_is_taken_with_its_own_name(name: str, content: bytes, media_type: str) -> None:
    upload = check_upload("floor_plan", name, content)
    assert (upload.label, upload.media_type, upload.content) == (name, media_type, content)


def test_a_name_that_climbs_folders_keeps_only_its_last_part() -> None:
    assert safe_label("../../etc/平面图.pdf") == "平面图.pdf"
    assert safe_label("C:\\Users\\me\\平面图.pdf") == "平面图.pdf"


def test_what_cannot_be_seen_leaves_the_name() -> None:
    assert safe_label("平\u00ad面\u202e图\x00\r\n.pdf") == "平面图.pdf"


@given(st.text(max_size=400))
def test_any_name_becomes_one_that_can_be_shown(name: str) -> None:
    label = safe_label(name)
    assert 0 < len(label) <= uploads.LONGEST_LABEL + 1
    assert label.isprintable()
    assert not set('/\\<>:"|?*') & set(label)
    assert safe_label(label) == label


@given(st.binary(max_size=300), st.sampled_from(sorted(uploads._MAGIC.values())))
def test_no_bytes_at_all_end_in_anything_but_an_answer(content: bytes, magic: bytes) -> None:
    for name in ("x.pdf", "x.png", "x.jpg"):
        try:
            check_upload("f", name, magic + content)
        except Invalid as refused:
            assert refused.errors["f"].endswith("。")
