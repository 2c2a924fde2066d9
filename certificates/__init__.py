"""The register of certificates, issues and licences, and the documents they are printed on."""

from certificates import handlers, revocation
from certificates.life import effects

__all__ = [
    "effects",
    "handlers",
    "revocation",
]  # imported with the package: a diagram finds its handler by name
