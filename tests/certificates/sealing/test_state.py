"""The operator is told whether papers are sealed, for how long, and that a seal for trial is one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from certificates.sealing.opening import open_seal
from certificates.sealing.state import seal_state
from engine.settings import Settings
from tests.filing import ROOT
from web.commands.sealing import sealing

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture
def trial(tmp_path: Path) -> Settings:
    settings = Settings(var=tmp_path, code_location=ROOT)
    open_seal(settings, NOW)
    return settings


def test_asking_makes_no_seal(tmp_path: Path) -> None:
    found = seal_state(Settings(var=tmp_path), NOW)
    assert found.seals and found.trial and "第一次启动时生成" in found.says
    assert list(tmp_path.iterdir()) == []


def test_a_seal_for_trial_seals_and_is_said_to_be_for_trial(trial: Settings) -> None:
    found = seal_state(trial, NOW)
    assert found.seals and found.trial
    assert "没有法律效力" in found.says and "2036-11-22 到期" in found.says


def test_a_seal_that_ends_within_a_month_is_a_finding(trial: Settings) -> None:
    assert not seal_state(trial, NOW + timedelta(days=3630)).seals
    assert "有效期" in seal_state(trial, NOW + timedelta(days=4000)).says


def test_a_seal_without_its_root_or_its_key_is_a_finding(trial: Settings) -> None:
    (trial.seal_folder / "roots.pem").unlink()
    assert "没有印章的根证书" in seal_state(trial, NOW).says
    (trial.seal_folder / "key.pem").write_text("")
    assert "读不出私钥文件" in seal_state(trial, NOW).says


def test_a_time_stamp_that_does_not_answer_is_a_finding(trial: Settings) -> None:
    assert "时间戳" in seal_state(replace(trial, tsa_url="http://127.0.0.1:9/"), NOW).says


def test_what_is_for_trial_is_wrong_in_earnest_and_right_in_a_demo(trial: Settings) -> None:
    earnest = {each.about: each.good for each in sealing(replace(trial, environment="production"), NOW)}
    demo = {each.about: each.good for each in sealing(replace(trial, environment="demo"), NOW)}
    assert earnest == {"电子印章": False, "证照代码": False}
    assert demo == {"电子印章": True, "证照代码": True}
