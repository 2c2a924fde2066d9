"""A restaurant with two licences whose certificate was issued, in the module's town.

`granted`  the case's number; what a test does to it is rolled back with `desk`
"""

import pytest
from sqlalchemy import Engine

from tests.engine.clerks import People, carry
from tests.filing import EVERYTHING, file_case

FIRE_AND_FOOD = {**EVERYTHING, "greasy_water": False, "tobacco": False, "signboard": False}


@pytest.fixture(scope="module")
def granted(engine: Engine, people: People) -> str:
    number = file_case(engine, people, FIRE_AND_FOOD)
    carry(engine, people, number)
    return number
