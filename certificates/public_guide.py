"""Promises the public guide (办事指南) on paper: the page's words as PDF/A-3a with version and digest."""

from functools import lru_cache

from certificates.fonts import require_drawable
from certificates.notice import texts_in
from certificates.plain import plain
from certificates.qr import qr_svg
from certificates.typesetting import typeset
from engine.guide.material_guide import MaterialGuide
from engine.guide.public_guide import PublicGuide

KEPT = 32  # papers in memory, about 250 KB each; the same guide is not set twice in a row
ALL_ITEMS = "全部事项"


@lru_cache(maxsize=KEPT)
def public_guide_pdf(guide: PublicGuide, url: str, hotline: str, *, archived: bool = False) -> bytes:
    """The guide on A4; `url` is its page, an archived one says so. The same guide gives the same bytes.

    Raises MissingGlyph naming the first character that the fonts cannot draw.
    """
    values = {
        **plain(guide),
        "brief": plain(guide.brief),
        "at": plain(guide.at),
        "to_bring": guide.to_bring,
        "fee_text": f"{guide.fee:,}",
        "materials": [_material(each, len(guide.items)) for each in guide.materials],
        "url": url,
        "hotline": hotline,
        "archived": archived,
    }
    require_drawable(*texts_in(values))
    return typeset("public_guide.typ", values, guide.published_on, qr=qr_svg(url))


def _material(material: MaterialGuide, items: int) -> dict[str, object]:
    """A material whose items are named in one phrase."""
    everybody = 1 < items == len(material.used_for)
    return {**plain(material), "used_for": ALL_ITEMS if everybody else "；".join(material.used_for)}
