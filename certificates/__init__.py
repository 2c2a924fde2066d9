"""The register of certificates, issues and licences, and the documents they are printed on."""

from certificates import handlers

__all__ = ["handlers"]  # imported with the package: a diagram finds its handler by name
