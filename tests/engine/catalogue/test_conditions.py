"""Conditions and sentences of a catalogue: they may name what the guide knows, and nothing else."""

from collections.abc import Callable

from forms.mistakes import Mistake

Faults = Callable[..., tuple[Mistake, ...]]

FOOD = "processes/items/food_operation.yaml"
GUIDE = "processes/restaurant/guide.yaml"
INDUSTRY = "processes/restaurant/industry.yaml"


def test_a_condition_on_an_unknown_question_offers_the_nearest(faults: Faults) -> None:
    (mistake,) = faults(INDUSTRY, "when: greasy_water and", "when: greasy_watter and")
    assert mistake.element.startswith("items.3.when 行 ")
    assert mistake.do == "您是不是要写“greasy_water”？"


def test_a_condition_on_an_unknown_setting_offers_the_nearest(faults: Faults) -> None:
    (mistake,) = faults(INDUSTRY, 'settings["fire_area"]', 'settings["fire_aera"]')
    assert mistake.do == "您是不是要写“fire_area”？"


def test_a_condition_that_compares_unlike_things_is_found_before_anybody_answers(faults: Faults) -> None:
    (mistake,) = faults(INDUSTRY, 'area > settings["fire_area"]', 'area > "fire_area"')
    assert mistake.element.startswith("items.1.when 行 ")


def test_a_question_cannot_depend_on_a_later_one(faults: Faults) -> None:
    (mistake,) = faults(GUIDE, "    unit: 平方米\n", "    unit: 平方米\n    show_if: tobacco\n")
    assert mistake.element.startswith("questions.1.show_if 行 ")


def test_an_items_condition_does_not_name_questions_of_one_industry(faults: Faults) -> None:
    (mistake,) = faults(FOOD, "inspection: true", "inspection: cold_food")
    assert "cold_food" in mistake.says and "answers" in mistake.do


def test_a_sentence_with_an_unknown_place_offers_the_nearest(faults: Faults) -> None:
    (mistake,) = faults(GUIDE, "您的店不足{small_area}平方米", "您的店不足{small_aera}平方米")
    assert mistake.element.startswith("not_for.0.because 行 ")
    assert mistake.do == "您是不是要写“small_area”？"


def test_an_answer_for_everybody_holds_no_value_of_one_region(faults: Faults) -> None:
    (mistake,) = faults(INDUSTRY, "faq:\n", "faq:\n  - {ask: 多大要办？, answer: '{fire_area}平方米。'}\n")
    assert mistake.element.startswith("faq.0.answer 行 ")
