"""A region says how its certificates are printed; what cannot be is a mistake where it stands."""

import pytest

from engine.catalogue.printing import Printing, faults_in_printing, printing_in
from tests.filing import files

TYPE, ISSUER = "11370300MB3703000U901", "11370303MB3703035R"


def test_without_settings_certificates_are_landscape_and_have_no_codes() -> None:
    assert printing_in({}) == Printing("landscape", "", "", False)


def test_one_code_without_the_other_gives_neither_and_is_a_mistake() -> None:
    for settings in ({"certificate_type_code": TYPE}, {"certificate_issuer_code": ISSUER}):
        assert printing_in(settings) == Printing("landscape", "", "", False)
        assert len(list(faults_in_printing(settings))) == 1


def test_settings_as_they_should_be_are_no_mistake() -> None:
    settings = {"certificate_type_code": TYPE, "certificate_issuer_code": ISSUER}
    assert list(faults_in_printing({**settings, "certificate_layout": "portrait"})) == []
    assert printing_in(settings) == Printing("landscape", TYPE, ISSUER, False)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"certificate_layout": "square"}, "没有证照版式“square”"),
        ({"certificate_type_code": ISSUER, "certificate_issuer_code": ISSUER}, "证照类型代码"),
        ({"certificate_type_code": f"{ISSUER[:-1]}X001", "certificate_issuer_code": ISSUER}, "证照类型代码"),
        ({"certificate_type_code": TYPE, "certificate_issuer_code": ISSUER[:-1] + "T"}, "校验"),
        ({"certificate_type_code": TYPE, "certificate_issuer_code": 370303}, "应为 18 位"),
    ],
)
def test_a_setting_that_cannot_be_is_named(wrong: dict[str, object], says: str) -> None:
    ((found, _),) = faults_in_printing(wrong)
    assert says in found


def test_the_codes_that_are_shipped_are_said_to_be_for_trial() -> None:
    shipped = files()["processes/regions.yaml"]
    assert "certificate_codes_on_trial: true" in shipped
