"""Files are kept by their content: whole or not at all, and never another's."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from engine.blobs import read_blob, write_blob


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    sha256 = write_blob(tmp_path, b"floor plan")
    assert read_blob(tmp_path, sha256) == b"floor plan"


def test_the_same_content_is_kept_once(tmp_path: Path) -> None:
    assert write_blob(tmp_path, b"same") == write_blob(tmp_path, b"same")
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_many_writers_of_one_content_leave_one_whole_file(tmp_path: Path) -> None:
    content = b"x" * 100_000
    with ThreadPoolExecutor(8) as threads:
        names = set(threads.map(lambda _: write_blob(tmp_path, content), range(40)))
    assert [read_blob(tmp_path, name) for name in names] == [content]
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_a_file_altered_on_disk_is_not_given_out(tmp_path: Path) -> None:
    sha256 = write_blob(tmp_path, b"signed")
    (tmp_path / sha256[:2] / sha256[2:]).write_bytes(b"forged")
    with pytest.raises(ValueError, match="altered"):
        read_blob(tmp_path, sha256)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "AB" * 32, "a" * 63])
def test_a_name_that_is_no_hash_reaches_no_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        read_blob(tmp_path, name)
