"""Every table of the database; what a list shows stands in a column with an index that fits it."""

from engine.tables.cases import case_items, cases, events, incidents, number_series, tasks, timers
from engine.tables.columns import OPEN, metadata
from engine.tables.people import memberships, messages, subjects, users
from engine.tables.published import deployments, drafts, materials, published_industries
from engine.tables.register import certificate_issues, certificates, licences, scans

__all__ = [
    "OPEN",
    "case_items",
    "cases",
    "certificate_issues",
    "certificates",
    "deployments",
    "drafts",
    "events",
    "incidents",
    "licences",
    "materials",
    "memberships",
    "messages",
    "metadata",
    "number_series",
    "published_industries",
    "scans",
    "subjects",
    "tasks",
    "timers",
    "users",
]
