"""The register of certificates, issues and licences, and the documents they are printed on."""

from certificates import handlers, revocation

__all__ = ["handlers", "revocation"]  # imported with the package: a diagram finds its handler by name
