"""Promises the numbers of the market regulation department's licences."""

from stdnum.iso7064 import mod_11_10

from engine.departments.registry import NotNumbered, Numbering, number_rule, serial_digits

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
