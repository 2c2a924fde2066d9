"""The register of certificates, issues and licences, and the documents they are printed on."""
