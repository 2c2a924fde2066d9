"""What phones note is kept once, each entry answered for itself."""

from sqlalchemy import Connection

from tests.engine.inspections.visiting import People, found, points_of_office, send, states


def test_what_an_inspector_notes_is_on_the_sheet(
    desk: Connection, people: People, visit: int, points: list[str]
) -> None:
    own = points_of_office(desk, visit, "market")
    print(points, own)
    assert states(send(desk, people["market"], visit, found("one", own[0]))) == ["kept"]
