"""In: the text of an assertion. Out: a typed tree of a closed grammar; nothing is ever eval'ed.

comparison = sum ("==" | "!=" | "<=" | ">=" | "<" | ">") sum
sum        = product { ("+" | "-") product }
product    = factor { ("*" | "%") factor }
factor     = "-" factor | number | "(" sum ")" | call | reference
call       = function "(" reference { "," reference } ")"
function   = "sum" | "filled" | "blank"
reference  = [ owner "." ] part [ "/" part [ "/" part ] ]
owner      = "previous" | "children";  part = key | Chinese label | quoted label
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NoReturn, cast

from auditor.check.suggest import did_you_mean
from auditor.errors import UsageError
from auditor.model import Amount

Comparator = Literal["==", "!=", "<=", ">=", "<", ">"]
Operator = Literal["+", "-", "*", "%"]
Function = Literal["sum", "filled", "blank"]
FUNCTIONS: tuple[Function, ...] = ("sum", "filled", "blank")
COMPARATORS: tuple[Comparator, ...] = ("==", "!=", "<=", ">=", "<", ">")
MAX_DEPTH = 50


@dataclass(frozen=True, slots=True)
class Number:
    """A number written in the assertion."""

    value: Amount


@dataclass(frozen=True, slots=True)
class Reference:
    """A key, a label, a path of them, or a fact, as it was written; `position` is 1-based."""

    parts: tuple[str, ...]
    position: int

    @property
    def text(self) -> str:
        """The reference as one string."""
        return "/".join(self.parts)


@dataclass(frozen=True, slots=True)
class Call:
    """A function over references: their sum, or how many of their cells are filled or blank."""

    function: Function
    arguments: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Negation:
    """A minus before a factor."""

    operand: "Expression"


@dataclass(frozen=True, slots=True)
class Operation:
    """Two expressions joined by an operator."""

    operator: Operator
    left: "Expression"
    right: "Expression"


Expression = Number | Reference | Call | Negation | Operation


@dataclass(frozen=True, slots=True)
class Comparison:
    """A whole assertion."""

    left: Expression
    comparator: Comparator
    right: Expression
    text: str


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text; the end of the text is a token too."""

    kind: str
    text: str
    position: int


_HAN = r"\u3007\u3400-\u9fff、·"
_ITEM = r"\([一二三四五六七八九十]+\)"
_TOKEN = re.compile(
    rf"""
    (?P<space>\s+)
  | (?P<quoted>"[^"]*"|“[^”]*”|「[^」]*」)
  | (?P<number>\d+(?:\.\d+)?(?![\w{_HAN}]))
  | (?P<label>(?:{_ITEM}|[{_HAN}])(?:[{_HAN}\w.]|\([^()]*\)|“[^”]*”)*)
  | (?P<name>[A-Za-z_]\w*(?:\.\w+)*(?:{_ITEM}[{_HAN}\w]*)?)
  | (?P<operator>==|!=|<=|>=|[<>+\-*%(),/])
    """,
    re.VERBOSE,
)
_SPELLINGS = str.maketrans({"≤": "<=", "≥": ">=", "≠": "!=", "×": "*", "−": "-"})


def references(expression: Expression) -> Iterator[Reference]:
    """Give every reference of an expression, from left to right."""
    match expression:
        case Reference():
            yield expression
        case Call():
            yield from expression.arguments
        case Negation():
            yield from references(expression.operand)
        case Operation():
            yield from references(expression.left)
            yield from references(expression.right)
        case Number():
            pass


def fold(text: str) -> str:
    """Give the text in the one spelling in which assertions and labels are compared."""
    return unicodedata.normalize("NFKC", text).translate(_SPELLINGS)


def parse_assertion(text: str) -> Comparison:
    """Read an assertion. Raises UsageError naming position, token and what is allowed."""
    parser = _Parser(text)
    left = parser.sum()
    comparator = parser.comparator()
    right = parser.sum()
    parser.end()
    return Comparison(left, comparator, right, text)


def parse_expression(text: str) -> Expression:
    """Read one side of an assertion. Raises UsageError as for a whole one."""
    parser = _Parser(text)
    expression = parser.sum()
    parser.end()
    return expression


def parse_reference(text: str) -> Reference:
    """Read one reference, as it stands in the examples of a rule."""
    parser = _Parser(text)
    reference = parser.reference()
    parser.end()
    return reference


def _tokens(text: str) -> Iterator[Token]:
    folded, at = fold(text), 0
    while at < len(folded):
        found = _TOKEN.match(folded, at)
        if found is None:
            _refuse(Token("char", folded[at], at + 1), _hint(folded, at))
        kind = found.lastgroup or ""
        if kind != "space":
            yield Token(kind, found.group(), at + 1)
        at = found.end()
    yield Token("end", "", len(folded) + 1)


def _hint(text: str, at: int) -> tuple[str, str]:
    if text[at] == "=":
        return "相等请写 ==", "write == for equality"
    if text[at] in '"“「':
        return "引号没有闭合", "the quotation mark is not closed"
    return (
        "可用：数字、键名、表中标签、+ - * % ( ) , / 和比较符",
        "allowed: numbers, keys, labels of the form, + - * % ( ) , / and comparisons",
    )


def _refuse(token: Token, allowed: tuple[str, str]) -> NoReturn:
    zh = f"第 {token.position} 个字符处“{token.text}”" if token.text else "末尾"
    en = f"at character {token.position}, '{token.text}'" if token.text else "at the end"
    raise UsageError(f"{zh}：{allowed[0]}", f"{en}: {allowed[1]}")


class _Parser:
    """Recursive descent with one token of look-ahead."""

    def __init__(self, text: str) -> None:
        self._stream = _tokens(text)
        self._next = next(self._stream)
        self._depth = 0

    def _take(self) -> Token:
        token = self._next
        if token.kind != "end":
            self._next = next(self._stream)
        return token

    def _accept(self, *texts: str) -> str | None:
        if self._next.kind == "operator" and self._next.text in texts:
            return self._take().text
        return None

    def _expect(self, text: str) -> None:
        if not self._accept(text):
            _refuse(self._next, (f"此处应为 {text}", f"{text} is expected here"))

    def end(self) -> None:
        """Refuse anything after the last token that has a meaning."""
        if self._next.kind != "end":
            _refuse(
                self._next,
                ("此处应结束；一条规则只能有一个比较", "should end here; one comparison a rule"),
            )

    def comparator(self) -> Comparator:
        found = self._accept(*COMPARATORS)
        if found is None:
            listed = " ".join(COMPARATORS)
            _refuse(self._next, (f"此处应为比较符 {listed}", f"a comparison is expected: {listed}"))
        return cast("Comparator", found)

    def sum(self) -> Expression:
        left = self._product()
        while operator := self._accept("+", "-"):
            left = Operation(cast("Operator", operator), left, self._product())
        return left

    def _product(self) -> Expression:
        left = self._factor()
        while operator := self._accept("*", "%"):
            left = Operation(cast("Operator", operator), left, self._factor())
        return left

    def _factor(self) -> Expression:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            _refuse(self._next, ("括号嵌套过深", "nested too deeply"))
        found = self._factor_itself()
        self._depth -= 1
        return found

    def _factor_itself(self) -> Expression:
        if self._accept("-"):
            return Negation(self._factor())
        if self._accept("("):
            inner = self.sum()
            self._expect(")")
            return inner
        if self._next.kind == "number":
            text = self._take().text
            return Number(Decimal(text) if "." in text else int(text))
        reference = self.reference()
        if len(reference.parts) == 1 and self._accept("("):
            return self._call(reference)
        return reference

    def _call(self, name: Reference) -> Call:
        function = next((f for f in FUNCTIONS if f == name.text), None)
        if function is None:
            near = did_you_mean(name.text, FUNCTIONS)
            listed = " ".join(FUNCTIONS)
            _refuse(
                Token("name", name.text, name.position),
                (f"没有这个函数，可用 {listed}{near.zh}", f"no such function: {listed}{near.en}"),
            )
        arguments = [self.reference()]
        while self._accept(","):
            arguments.append(self.reference())
        self._expect(")")
        return Call(function, tuple(arguments))

    def reference(self) -> Reference:
        """Read a key, a label or a path of them."""
        position = self._next.position
        parts = [self._part()]
        while self._accept("/"):
            parts.append(self._part())
        return Reference(tuple(parts), position)

    def _part(self) -> str:
        if self._next.kind not in {"name", "label", "quoted"}:
            _refuse(
                self._next,
                (
                    "此处应为数字、键名、标签或括号",
                    "a number, key, label or parenthesis is expected",
                ),
            )
        token = self._take()
        return token.text[1:-1] if token.kind == "quoted" else token.text
