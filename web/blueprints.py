"""Find every blueprint of the web packages, so that a new page is one new module and nothing else."""

from importlib import import_module
from pkgutil import iter_modules

from flask import Blueprint, Flask

PACKAGES = ("web.public", "web.applicant", "web.staff", "web.inspect")


def register_blueprints(app: Flask) -> None:
    """Register the `blueprint` of each module in PACKAGES; one without is a helper of its neighbours."""
    for package in PACKAGES:
        for module in iter_modules(import_module(package).__path__, prefix=f"{package}."):
            blueprint = getattr(import_module(module.name), "blueprint", None)
            if isinstance(blueprint, Blueprint):
                app.register_blueprint(blueprint)
