"""GB/T 36904: its parts, and a check character that agrees with others' and with an oracle."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_37_36

from certificates.identifier import ALPHABET, ROOT, certificate_identifier, check_character
from tests.certificates.examples import certificate

CODES = {"type_code": "11370300MB3703000U901", "issuer_code": "11370303MB3703035R"}


# Identifiers in public code of systems in use; the last one's issuer is a region's code.
@pytest.mark.parametrize(
    "sample",
    [
        "11100000000013338W011.11430000006122244L.20230000403.001.U",
        "11100000000013338W009.11330105002500287C.2025052201.002.0",
        "11100000MB03271699022.340100.000000016.001.9",
    ],
)
def test_the_check_character_is_that_of_identifiers_in_use(sample: str) -> None:
    *parts, check = sample.split(".")
    assert check_character("".join(parts)) == check
    type_code, issuer_code, number, version = parts
    made = certificate_identifier(
        type_code=type_code, issuer_code=issuer_code, number=number, version=int(version)
    )
    assert made == f"{ROOT}.{sample}"


@given(st.text(ALPHABET, min_size=1, max_size=70))
def test_any_check_character_is_that_of_the_standards_algorithm(text: str) -> None:
    assert check_character(text) == mod_37_36.calc_check_digit(text)


def test_each_issue_of_a_certificate_has_an_identifier_of_its_own() -> None:
    first, second = (certificate(issue=issue, **CODES).identifier for issue in (1, 2))
    assert first.startswith(f"{ROOT}.{CODES['type_code']}.{CODES['issuer_code']}.370303YZ2026000001.001.")
    assert second.split(".")[-2] == "002"


def test_without_assigned_codes_there_is_no_identifier() -> None:
    assert certificate().identifier == ""
    assert certificate(type_code=CODES["type_code"]).identifier == ""
