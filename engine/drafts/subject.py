"""Which questions of the form say who applies: the names that every industry's form shares."""

from collections.abc import Mapping

USCC = "uscc"
OPERATOR = "ent_name"
PHONE = "phone"
LEGAL_REP = "legal_rep"
HAS_AGENT = "has_agent"
AGENT = "agent_name"


def signatories(answers: Mapping[str, object]) -> tuple[str, ...]:
    """Who may sign for the applicant: the legal representative, and the agent where one is named."""
    agent = answers.get(AGENT) if answers.get(HAS_AGENT) else None
    return tuple(str(name) for name in (answers.get(LEGAL_REP), agent) if name)
