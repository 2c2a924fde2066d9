"""Which questions of the form say who applies: the names that every industry's form shares."""

USCC = "uscc"
OPERATOR = "ent_name"
PHONE = "phone"
LEGAL_REP = "legal_rep"
HAS_AGENT = "has_agent"
AGENT = "agent_name"
