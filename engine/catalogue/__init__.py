"""What can be applied for: industries, items, departments, regions and materials, read from the files."""

from engine.catalogue.catalogue import Catalogue
from engine.catalogue.department import Department, Lane
from engine.catalogue.industry import Asked, Industry, IndustryItem, Note, NotFor
from engine.catalogue.item import Basis, CheckPoint, Item, LicenceRule, Phases, Renewal, Special
from engine.catalogue.material import Material
from engine.catalogue.merging import MergedMaterial
from engine.catalogue.question import Answer, Question
from engine.catalogue.region import Region

__all__ = [
    "Answer",
    "Asked",
    "Basis",
    "Catalogue",
    "CheckPoint",
    "Department",
    "Industry",
    "IndustryItem",
    "Item",
    "Lane",
    "LicenceRule",
    "Material",
    "MergedMaterial",
    "NotFor",
    "Note",
    "Phases",
    "Question",
    "Region",
    "Renewal",
    "Special",
]
