"""Promises the numbers, days and scopes of the market regulation department's licences."""

from stdnum.iso7064 import mod_11_10

from engine.departments.registry import (
    Days,
    NotNumbered,
    Numbering,
    Term,
    Wording,
    document_number,
    number_rule,
    scope_rule,
    serial_digits,
    validity_rule,
)
from engine.departments.usual import last_day

# Kind of food business as answered → its digit in the number.
BUSINESS_KINDS = {"食品销售经营者": "1", "餐饮服务经营者": "2", "集中用餐单位食堂": "3"}
KIND_FIELD = "food_biz_type"


@number_rule("market.food_business", yearly=False)
def food_business(numbering: Numbering) -> str:
    """JY, kind of business (1 digit), region (6), running number (6), check digit.

    Source of the parts: 食品经营许可和备案管理办法. The check digit is ISO 7064 MOD 11,10 (GB/T 17710) over
    the 13 digits before it [K: check against the published rule]. The running number never starts again, as
    the year is no part of the number. NotNumbered without an answer that names the kind of business.
    """
    answer = str(numbering.answers.get(KIND_FIELD) or "未填")
    if answer not in BUSINESS_KINDS:
        raise NotNumbered(f"主体业态“{answer}”没有对应的编号代码，请核对申请表。")
    digits = BUSINESS_KINDS[answer] + numbering.region + serial_digits(numbering.serial, 6)
    return f"JY{digits}{mod_11_10.calc_check_digit(digits)}"


@number_rule("market.prepacked_filing", yearly=False)
def prepacked_filing(numbering: Numbering) -> str:
    """YB, 1, region (6), running number (6), check digit, as food businesses have it [K: parts; A: check]."""
    digits = "1" + numbering.region + serial_digits(numbering.serial, 6)
    return f"YB{digits}{mod_11_10.calc_check_digit(digits)}"


@number_rule("market.catering_registration", yearly=True)
def catering_registration(numbering: Numbering) -> str:
    """As 370303小餐饮登字〔2026〕第0001号 [A: the province's regulation leaves the style open]."""
    return document_number("小餐饮登", numbering)


@number_rule("market.workshop_registration", yearly=True)
def workshop_registration(numbering: Numbering) -> str:
    """As 370303小作坊登字〔2026〕第0001号 [A: as above]."""
    return document_number("小作坊登", numbering)


@number_rule("market.production_licence", yearly=False)
def production_licence(numbering: Numbering) -> str:
    """SC, food class (3), region (6), running number (4), check digit [A: class 131, other foods].

    食品生产许可管理办法第二十九条: SC and 14 digits: 3 of the class, 2 + 2 + 2 of the place, 4, 1 to check.
    """
    digits = "131" + numbering.region + serial_digits(numbering.serial, 4)
    return f"SC{digits}{mod_11_10.calc_check_digit(digits)}"


@number_rule("market.drug_shop", yearly=False)
def drug_shop(numbering: Numbering) -> str:
    """CB (a single shop), region (6), running number (5) [A: the letters of the place are left out]."""
    return f"CB{numbering.region}{serial_digits(numbering.serial, 5)}"


@number_rule("market.third_class_device", yearly=True)
def third_class_device(numbering: Numbering) -> str:
    """As 370300药监械经营许20260001号: place, year, running number [K: 医疗器械经营监督管理办法]."""
    return f"{numbering.region}药监械经营许{numbering.year}{serial_digits(numbering.serial, 4)}号"


@number_rule("market.second_class_device", yearly=True)
def second_class_device(numbering: Numbering) -> str:
    """As 370300药监械经营备20260001号: place, year, running number [K: 医疗器械经营监督管理办法]."""
    return f"{numbering.region}药监械经营备{numbering.year}{serial_digits(numbering.serial, 4)}号"


@validity_rule("market.from_decision")
def from_decision(term: Term) -> Days:
    """Whole years from the day of the decision, of a renewal too [K].

    食品经营许可和备案管理办法 and 食品生产许可管理办法: 准予延续的，有效期自作出延续许可决定之日起计算.
    """
    return term.starts, last_day(term.starts, term.years)


@scope_rule("market.device_scope")
def device_scope(wording: Wording) -> str:
    """As 经营方式：零售。经营范围：16 眼科器械: the licence states both [K: 医疗器械经营监督管理办法]."""
    mode, *goods = wording.words.values()
    return f"经营方式：{mode}。经营范围：{'、'.join(word for word in goods if word)}"
