"""A photo is distrusted before it is kept, and its small copy gives nothing away."""

import io
import zipfile

import pytest
from PIL import ExifTags, Image

from engine.errors import Invalid
from engine.inspections.pictures import SMALL, check_photo, thumbnail


def a_photo(kind: str = "JPEG", size: tuple[int, int] = (1600, 1200), **more: object) -> bytes:
    made = io.BytesIO()
    Image.radial_gradient("L").resize(size).convert("RGB").save(made, kind, **more)
    return made.getvalue()


def fault(name: str, content: bytes) -> str:
    with pytest.raises(Invalid) as refused:
        thumbnail(check_photo(name, content).content, name)
    return refused.value.errors["photo"]


def with_zip(photo: bytes) -> bytes:
    made = io.BytesIO(photo)
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("run.exe", "x" * 50)
    return made.getvalue()


def colour_by_colour(size: tuple[int, int]) -> bytes:
    """A JPEG that is not progressive and yet has a scan for each of its colours: a grey one, three times."""
    made = io.BytesIO()
    Image.radial_gradient("L").resize(size).save(made, "JPEG")
    grey = made.getvalue()
    frame, scan = grey.index(b"\xff\xc0"), grey.index(b"\xff\xda")
    frame_of_three = b"\xff\xc0\x00\x11" + grey[frame + 4 : frame + 9] + b"\x03\x01\x11\0\x02\x11\0\x03\x11\0"
    scans = (b"\xff\xda\x00\x08\x01" + bytes([each]) + grey[scan + 6 : -2] for each in (1, 2, 3))
    return grey[:frame] + frame_of_three + grey[frame + 13 : scan] + b"".join(scans) + b"\xff\xd9"


def exif_with_preview() -> bytes:
    """What cameras write before the picture: a small one, here of several scans."""
    return b"Exif\0\0" + Image.Exif().tobytes()[6:] + a_photo(size=(160, 120), progressive=True)


PHOTO = a_photo()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("现场.jpg", b"<html><script>alert(1)</script>", "内容与扩展名不一致"),
        ("现场.jpg", b"", "是空的"),
        ("现场.jpg", PHOTO + b"\0" * 40 * 1024 * 1024, "超过 10 MB"),
        ("现场.jpg", with_zip(PHOTO), "夹带了其他文件"),
        ("现场.jpg", PHOTO[:2000], "已损坏"),
        ("现场.jpg", PHOTO[:3] + b"\0" * 500, "已损坏"),
        ("现场.png", PHOTO, "内容与扩展名不一致"),
        ("现场.png", a_photo("PNG")[:4000], "已损坏"),
        ("现场.heic", PHOTO, "不是 PDF、JPG 或 PNG"),
        ("合同.pdf", b"%PDF-1.7\n%%EOF\n", "不是照片"),
        ("", PHOTO, "请先选择文件"),
        ("现场.png", a_photo("PNG", (4100, 4000)), "尺寸太大"),
        ("现场.jpg", a_photo(size=(4100, 4000), progressive=True), "渐进式（分几遍显示）的 JPG，尺寸太大"),
        ("现场.jpg", colour_by_colour((4100, 4000)), "渐进式（分几遍显示）的 JPG，尺寸太大"),
    ],
)
def test_what_is_no_photo_is_named_at_the_field(name: str, content: bytes, said: str) -> None:
    assert said in fault(name, content)


@pytest.mark.parametrize(
    "name", ["../../etc/cron.d/现场.jpg", "..\\..\\现场.jpg", "/现场.jpg", "\u202e现场.jpg"]
)
def test_a_name_that_leads_elsewhere_becomes_a_plain_one(name: str) -> None:
    assert check_photo(name, PHOTO).label == "现场.jpg"


def test_a_thumbnail_is_small_upright_and_says_nothing_of_place_or_time() -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6  # lies on its side
    exif[ExifTags.Base.DateTime] = "2026:11:24 09:00:00"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (36.0, 48.0, 0.0)
    made = thumbnail(a_photo(exif=exif, comment=b"taken at home"))
    with Image.open(io.BytesIO(made)) as small:
        assert small.format == "JPEG" and small.size == (SMALL * 3 // 4, SMALL)
        assert not small.getexif() and not {"comment", "exif", "icc_profile"} & small.info.keys()
    assert len(made) < 40_000


def test_a_large_photo_is_no_trouble_and_a_progressive_one_as_phones_take_it_neither() -> None:
    photos = [
        a_photo(size=(4100, 4000)),
        a_photo(size=(4100, 4000), exif=exif_with_preview()),
        a_photo(size=(4000, 3000), progressive=True),
        colour_by_colour((4000, 3000)),
    ]
    for content in photos:
        with Image.open(io.BytesIO(thumbnail(content))) as small:
            assert max(small.size) == SMALL


def test_what_is_seen_through_becomes_white() -> None:
    made = io.BytesIO()
    Image.new("RGBA", (40, 30), (0, 0, 0, 0)).save(made, "PNG")
    with Image.open(io.BytesIO(thumbnail(made.getvalue()))) as small:
        assert small.getpixel((5, 5)) == (255, 255, 255)


def test_the_same_photo_gives_the_same_thumbnail() -> None:
    assert thumbnail(PHOTO) == thumbnail(PHOTO)
