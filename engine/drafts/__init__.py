"""Applications being filled in: begun from the guide, saved section by section, filed once they are whole."""

from engine.drafts.prefill import accept_shared, contest, prefill
from engine.drafts.reading import Draft, read_draft
from engine.drafts.ready import Outdated, ReadyDraft, ready, unfinished_sections
from engine.drafts.records import AlreadySubmitted, discard
from engine.drafts.saving import ChangedElsewhere, Saved, fingerprint, save_section
from engine.drafts.sources import is_locked
from engine.drafts.start import NotForYou, start_draft
from engine.drafts.states import faults_in_typed, states
from engine.drafts.told import Change
from engine.drafts.updates import Update, move_over, update_for
from engine.drafts.wanted import Wanted, wanted_materials

__all__ = [
    "AlreadySubmitted",
    "Change",
    "ChangedElsewhere",
    "Draft",
    "NotForYou",
    "Outdated",
    "ReadyDraft",
    "Saved",
    "Update",
    "Wanted",
    "accept_shared",
    "contest",
    "discard",
    "faults_in_typed",
    "fingerprint",
    "is_locked",
    "move_over",
    "prefill",
    "read_draft",
    "ready",
    "save_section",
    "start_draft",
    "states",
    "unfinished_sections",
    "update_for",
    "wanted_materials",
]
