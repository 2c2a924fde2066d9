"""Every table of the database; what a list shows stands in a column with an index that fits it."""

from engine.tables.cases import case_items, cases, events, incidents, number_series, tasks, timers
from engine.tables.columns import OPEN, metadata
from engine.tables.inspections import (
    inspection_entries,
    inspection_experts,
    inspection_offices,
    inspection_photos,
    inspections,
    inspectors,
    rectification_files,
    rectification_points,
    rectifications,
)
from engine.tables.law import (
    approvals,
    calendar_days,
    calendar_years,
    clock_entries,
    clocks,
    hearings,
    working_days,
)
from engine.tables.letters import deliveries, letter_deliveries, letters
from engine.tables.people import memberships, messages, subjects, users
from engine.tables.published import deployments, drafts, materials, published_industries
from engine.tables.register import (
    certificate_issues,
    certificates,
    licence_events,
    licence_sheets,
    licences,
    registry_entries,
    scans,
)
from engine.tables.regulators import feedback, handout_ways, handouts, pushes
from engine.tables.replies import (
    commitments,
    correction_points,
    corrections,
    credit_records,
    later_materials,
)

__all__ = [
    "OPEN",
    "approvals",
    "calendar_days",
    "calendar_years",
    "case_items",
    "cases",
    "certificate_issues",
    "certificates",
    "clock_entries",
    "clocks",
    "commitments",
    "correction_points",
    "corrections",
    "credit_records",
    "deliveries",
    "deployments",
    "drafts",
    "events",
    "feedback",
    "handout_ways",
    "handouts",
    "hearings",
    "incidents",
    "inspection_entries",
    "inspection_experts",
    "inspection_offices",
    "inspection_photos",
    "inspections",
    "inspectors",
    "later_materials",
    "letter_deliveries",
    "letters",
    "licence_events",
    "licence_sheets",
    "licences",
    "materials",
    "memberships",
    "messages",
    "metadata",
    "number_series",
    "published_industries",
    "pushes",
    "rectification_files",
    "rectification_points",
    "rectifications",
    "registry_entries",
    "scans",
    "subjects",
    "tasks",
    "timers",
    "users",
    "working_days",
]
