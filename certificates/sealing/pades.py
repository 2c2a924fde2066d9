"""Promises a paper with its seal: a certification signature (PAdES B-B; B-T with a stamp) that draws it.

The file stays PDF/A-3a. Nothing may be changed or added after it (DocMDP, no changes).
"""

import io
from datetime import datetime

from asn1crypto.algos import SignedDigestAlgorithm
from asn1crypto.x509 import Certificate
from pyhanko.pdf_utils.content import PdfResources, RawContent
from pyhanko.pdf_utils.generic import DictionaryObject, NameObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from certificates.paper import Paper, Place
from certificates.sealing.apart import apart
from certificates.sealing.drawing import SIDE, seal_drawing
from certificates.sealing.signer import Seal, Signer, WrongSeal

FIELD = "Seal"
BELOW_TRIAL = "试用"
ROOM = 2048  # bytes of a signature without its certificates; it has about 600


def sealed(paper: Paper, seal: Seal, *, issuer: str, reason: str, at: datetime) -> bytes:
    """The paper signed at that moment in the name of the issuer, whose round seal stands in its place.

    A paper without a place is signed without a drawing. Raises WrongSeal when the key or its certificate
    cannot be used, MissingGlyph for an issuer that cannot be drawn, OSError without an answer about the time.
    """
    _require_valid(seal.signer.certificate, at)
    # Without the line end pyHanko would write its first object on the line of %%EOF.
    writer = _Unchanged(io.BytesIO(paper.pdf if paper.pdf.endswith(b"\n") else paper.pdf + b"\n"))
    drawing = seal_drawing(issuer, BELOW_TRIAL if seal.trial else "")
    signer = _At(
        signers.PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            name=issuer,
            reason=reason,
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
        ),
        _Key(seal.signer),
        timestamper=seal.stamps,
        stamp_style=_style(drawing),
        new_field_spec=_field(writer, paper.seal),
    )
    signer.moment = at
    try:
        return apart(lambda: bytes(signer.sign_pdf(writer, bytes_reserved=_room(seal)).getvalue()))
    except SigningError as error:
        raise WrongSeal(f"没有签成（{error}）。") from error


def _require_valid(certificate: Certificate, at: datetime) -> None:
    begins, ends = certificate.not_valid_before, certificate.not_valid_after
    if not begins <= at <= ends:
        raise WrongSeal(
            f"印章证书的有效期是 {begins:%Y-%m-%d} 至 {ends:%Y-%m-%d}，不能在 {at:%Y-%m-%d} 签章。"
        )


def _room(seal: Seal) -> int | None:
    """Characters of hex kept free for the signature: pyHanko finds out by making one twice, which costs half.

    None leaves it to pyHanko: how large a time stamp will be, only its server knows.
    """
    certificates = [seal.signer.certificate, *seal.signer.chain]
    return None if seal.stamps else 2 * (ROOM + sum(len(each.dump()) for each in certificates))


class _Unchanged(IncrementalPdfFileWriter):
    """Leaves the file's metadata alone: pyHanko would write its XMP anew, no longer as PDF/A wants it."""

    def _update_meta(self) -> None:
        return


class _Key(signers.Signer):
    """One of our keys as pyHanko wants it."""

    def __init__(self, key: Signer) -> None:
        super().__init__(
            signing_cert=key.certificate,
            cert_registry=SimpleCertificateStore.from_certs(list(key.chain)),
            signature_mechanism=SignedDigestAlgorithm({"algorithm": key.algorithm}),
        )
        self._key = key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        return bytes(80) if dry_run else self._key.sign(data)


class _At(signers.PdfSigner):
    """Signs at a moment that it is told, not at that of the machine's clock."""

    moment: datetime

    def init_signing_session(
        self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False
    ) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.moment
        return session


def _style(drawing: bytes) -> StaticStampStyle:
    """The seal over the whole field; words below it stay readable, as print does below ink."""
    blend = DictionaryObject({NameObject("/BM"): NameObject("/Multiply")})
    resources = PdfResources()
    resources.ext_g_state[NameObject("/Ink")] = blend
    content = RawContent(b"/Ink gs " + drawing, resources, BoxConstraints(SIDE, SIDE))
    middle = AxisAlignment.ALIGN_MID
    whole = SimpleBoxLayoutRule(middle, middle, Margins(0, 0, 0, 0))
    return StaticStampStyle(
        border_width=0, background=content, background_layout=whole, background_opacity=1.0
    )


def _field(writer: IncrementalPdfFileWriter, place: Place | None) -> SigFieldSpec:
    if place is None:
        return SigFieldSpec(FIELD)
    page = place.page - 1
    height = float(writer.prev.find_page_for_modification(page)[0].get_object()["/MediaBox"][3])
    left, bottom = place.x - SIDE / 2, height - place.y - SIDE / 2
    box = (round(left), round(bottom), round(left + SIDE), round(bottom + SIDE))
    return SigFieldSpec(FIELD, on_page=page, box=box)
