"""The public page of notices and hearings: open to all, with the office's words and nothing personal."""

from flask.testing import FlaskClient


def test_anybody_finds_the_page_from_every_other(
    client: FlaskClient,
) -> None:
    assert 'href="/notices"' in client.get("/").text
    page = client.get("/notices")
    assert page.status_code == 200
    assert "正在公示" in page.text and "将要举行的听证" in page.text
