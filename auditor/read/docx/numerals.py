"""In: a number and a numbering format of Word. Out: the number written in that format."""

_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_COUNTING = ("零一二三四五六七八九".replace("零", "〇"), "十百千")
_LEGAL = ("零壹贰叁肆伍陆柒捌玖", "拾佰仟")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_DRESSED = {
    "none": "",
    "bullet": "",
    "decimalZero": "{:02}",
    "decimalEnclosedParen": "({})",
    "decimalEnclosedFullstop": "{}.",
}
_CHINESE = {
    "chineseCounting",
    "chineseCountingThousand",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
    "japaneseCounting",
}


def numeral(number: int, style: str) -> str:
    """Write a number as a numbering format does; an unknown format as plain digits."""
    if style in _CHINESE:
        return _chinese(number, *_COUNTING)
    if style in {"chineseLegalSimplified", "ideographLegalTraditional"}:
        return _chinese(number, *_LEGAL)
    if style in {"ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"}:
        return "".join(_COUNTING[0][int(digit)] for digit in str(number))
    if style in {"ideographTraditional", "ideographZodiac"}:
        signs = _STEMS if style == "ideographTraditional" else _BRANCHES
        return signs[number - 1] if 0 < number <= len(signs) else str(number)
    return _western(number, style)


def _western(number: int, style: str) -> str:
    is_upper = style.startswith("upper")
    if style.endswith("Letter") and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if is_upper else letter
    if style.endswith("Roman") and 0 < number < 4000:
        return _roman(number).upper() if is_upper else _roman(number)
    if style.startswith("decimalEnclosedCircle") and 0 < number <= 20:
        return chr(ord("①") + number - 1)
    return _DRESSED.get(style, "{}").format(number)


def _roman(number: int) -> str:
    written = ""
    for worth, sign in _ROMAN:
        count, number = divmod(number, worth)
        written += sign * count
    return written


def _chinese(number: int, digits: str, units: str) -> str:
    """Write 十, 十二, 二十, 一百〇五; beyond 9999 digit by digit."""
    if not 0 < number < 10_000:
        return "".join(digits[int(digit)] for digit in str(abs(number)))
    written = ""
    for place, digit in zip(reversed(range(len(str(number)))), str(number), strict=True):
        if digit != "0":
            written += digits[int(digit)] + (units[place - 1] if place else "")
        elif written and not written.endswith(digits[0]):
            written += digits[0]
    written = written.rstrip(digits[0])
    is_teen = 10 <= number < 20 and units[0] == "十"
    return written[1:] if is_teen else written
