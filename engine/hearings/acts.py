"""What the clerks' forms of public notice and hearing say about a case."""

from datetime import date, datetime, time

from engine.cases import Case
from engine.catalogue import Catalogue
from engine.days import LOCAL
from engine.errors import Invalid
from engine.said import Said, Values, item_of
from engine.workflow import Step

DAYS = "hearing_days"  # the word about a case: item → ISO moment of its hearing


def announce(case: Case, step: Step, values: Values, catalogue: Catalogue) -> Said:
    """The authority tells the public of the application for one item (第四十六条); it says nothing yet."""
    if str(values["last_day"]) < str(values["first_day"]):
        raise Invalid({"last_day": "公示的最后一天早于第一天，请核对。"})
    return Said("announced")


def call(case: Case, step: Step, values: Values, catalogue: Catalogue) -> Said:
    """The authority tells the people concerned when and where the hearing is (第四十八条第一项)."""
    days = case.words.get(DAYS)
    known = days if isinstance(days, dict) else {}
    return Said("called", case={DAYS: {**known, item_of(step): moment_of(values).isoformat()}})


def hear(case: Case, step: Step, values: Values, catalogue: Catalogue) -> Said:
    """The authority holds a hearing about one item (第四十八条); the decision rests on its minutes."""
    refuse_unsigned(values)
    return Said(str(values["conclusion"]))


def moment_of(values: Values) -> datetime:
    """When the hearing of a filled in notice takes place."""
    day, clock = date.fromisoformat(str(values["day"])), time.fromisoformat(str(values["clock"]))
    return datetime.combine(day, clock, LOCAL)


def refuse_unsigned(values: Values) -> None:
    """Who refused to sign the minutes did so for a reason, which stands in them (第四十八条第五项)."""
    people = values.get("participants") or []  # forms before 2026-11 ask for them in one text
    assert isinstance(people, list)
    for number, person in enumerate(people):
        if person["signed"] == "refused" and not person["why"]:
            raise Invalid({f"participants-{number}-why": f"{person['name']}拒绝签字，请写明理由。"})
