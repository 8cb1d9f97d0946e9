"""In: nothing. Out: the fixed words of the reports, in both languages, all of them within GBK."""

from auditor.explain.verdict import Status
from auditor.model import OutcomeState, Severity, TableStatus, Wording

SEVERITY: dict[Severity, Wording] = {
    "error": Wording("错误", "error"),
    "warning": Wording("警告", "warning"),
    "info": Wording("提示", "info"),
}
STYLE: dict[Severity, str] = {"error": "bold red", "warning": "yellow", "info": "cyan"}
LIT = "bold green"
OUTCOME = {
    OutcomeState.PASS: Wording("通过", "passed"),
    OutcomeState.VIOLATION: Wording("违规", "violations"),
    OutcomeState.NOT_APPLICABLE: Wording("不适用", "not applicable"),
    OutcomeState.UNAUDITED: Wording("未能核验", "unaudited"),
    OutcomeState.RULE_ERROR: Wording("规则故障", "rule errors"),
}
STATUS = {
    Status.PASS: Wording("无错误", "no error"),
    Status.FAIL: Wording("有违规", "violations"),
    Status.INCOMPLETE: Wording("未能完整核验", "incomplete"),
    Status.UNREADABLE: Wording("无法读取", "unreadable"),
}
TABLE = {
    TableStatus.COMPLETE: Wording("完整读取", "complete"),
    TableStatus.PARTIAL: Wording("部分读取", "partial"),
    TableStatus.NOT_FOUND: Wording("未找到", "not found"),
}

YEAR = Wording("{year}年", "{year}")
EDITION = Wording("{form}版格式", "{form} form")
PREVIOUS = Wording("上年报告", "last year's report")
CHILDREN = Wording(
    "下级报告 {count}份，本报告不应少于其和",
    "{count} subordinate reports, whose sum is a lower limit",
)
CHILDREN_EXACT = Wording(
    "下级报告 {count}份，本报告应等于其和", "{count} subordinate reports, to be just their sum"
)
NO_AGENCY = Wording("机关不详", "agency unknown")
NO_YEAR = Wording("年份不详", "year unknown")
NO_EDITION = Wording("格式不详", "form unknown")
PAGE = Wording("第{first}页", "page {first}")
PAGES = Wording("第{first}-{last}页", "pages {first}-{last}")
LINE = Wording("第{first}行", "line {first}")
LINES = Wording("第{first}-{last}行", "lines {first}-{last}")
TABLE_NO = Wording("文中第{first}个表格", "table no. {first} of the file")
TABLE_NOS = Wording("文中第{first}-{last}个表格", "tables no. {first}-{last} of the file")
SHEET = Wording("工作表“{name}”", "sheet “{name}”")
CELL_COUNT = Wording("{count}格", "{count} cells")
OUTSIDE_TABLES = Wording("表格以外", "outside the tables")

EXPECTED = Wording("应为 {value}", "expected {value}")
ACTUAL = Wording("实为 {value}", "actual {value}")
DIFFERENCE = Wording("差额 {value}", "difference {value}")
COMPUTED = Wording("应为", "expected")
STATED = Wording("实为", "actual")
BLANK_TERM = Wording("空白(按0计)", "blank (as 0)")
OTHER_ZEROS = Wording("其余{count}项", "the other {count}")
OTHER_BLANKS = Wording("其余{count}项，其中{blank}项空白按0计", "the other {count}, {blank} blank")
SOURCE = Wording("依据", "source")
QUOTE = Wording("原文 “{quote}”", "text '{quote}'")
NOTE = Wording("说明", "note")
SUGGESTION = Wording("建议", "suggest")
SETTLES = Wording("同时消除 {rules}", "settles {rules} too")
ONE_OF = Wording("可能是其一:", "one of these:")
ONE_OF_MANY = Wording(
    "可能是其一（共 {count} 种同样可能）:", "one of these (of {count} as likely):"
)
POSSIBLY = Wording("可能是", "possibly")
SAME_CAUSE = Wording("同因", "same cause")
PROBLEM = Wording("问题", "problem")
INSTANCES = Wording("{count}例", "{count} instances")
AND_MORE = Wording("{rules} 等{count}条规则", "{rules} and others, {count} rules in all")
BLANK = Wording("空", "blank")
COLON = Wording(": ", ": ")
LIST = Wording("、", ", ")
NEXT_CLAUSE = Wording("；", "; ")

CLEAN = Wording(
    "无错误  规则实例 {total}  通过 {passed}  不适用 {skipped}",
    "no error  rule instances {total}  passed {passed}  not applicable {skipped}",
)
BLANK_INSTANCES = Wording("空白未核验 {count}", "blank {count}")
REPORTS = Wording("检查 {count} 份报告", "reports {count}")
TOTAL = Wording("规则实例 {count}", "rule instances {count}")
BY_SEVERITY = Wording("违规之中", "of the violations")
UNAUDITED = Wording("未能核验", "unaudited")
CONCLUSION = Wording("结论: {text} (退出码 {code})", "conclusion: {text} (exit code {code})")
BY_STATUS = Wording("{count} 份{status}", "{count} {status}")

END = {
    0: Wording("已全部读取并核验，无错误", "everything was read and checked, no error"),
    1: Wording("有违规", "violations"),
    2: Wording("用法、配置或路径有误", "usage, configuration or path at fault"),
    3: Wording("未能完整核验", "incomplete"),
    4: Wording("程序内部错误", "internal error"),
}
WITH_FINDINGS = Wording("，另有{list}", ", besides {list}")
FORGIVEN = Wording("{text}，按选项退出码记为 0", "{text}, exit code 0 as asked")
COUNTED = Wording("{count}条{severity}", "{count} {severity}")

WAIVER = Wording("豁免", "waiver")
WAIVED = Wording("已豁免: {reason}", "waived: {reason}")
WAIVED_COUNT = Wording("{count}条已豁免", "{count} waived")
WAIVED_TOTAL = Wording("违规之中已豁免 {count}", "of the violations waived {count}")
LAPSED_TOTAL = Wording("失效的豁免 {count}", "waivers that hold no longer {count}")
UNTIL = Wording("至 {date}", "until {date}")
LAPSED = Wording("{fingerprint} ({rule}): {why}", "{fingerprint} ({rule}): {why}")
LAPSED_FAIL = Wording("有失效的豁免", "waivers that hold no longer")
FINGERPRINT = Wording("指纹 {fingerprint}", "fingerprint {fingerprint}")
READING = Wording("读取报告", "reading the report")
NOT_ANNOTATED = Wording(
    "另有 {count} 条 {kind} 未作标注，见作业摘要或 SARIF",
    "{count} more of kind {kind} are not annotated; see the job summary or SARIF",
)
MD_TITLE = Wording("政府信息公开工作年度报告核对结果", "Audit of annual disclosure reports")
MD_FILE = Wording("文件", "file")
MD_RESULT = Wording("结果", "result")
MD_WAIVED = Wording("已豁免", "waived")
MD_CUT = Wording(
    "篇幅所限，其余 {count} 段从略；全部结果见 JSON 或 SARIF 报告",
    "No room for {count} more blocks; the JSON or SARIF report has them all",
)

RULE_COUNT = Wording(
    "共 {count} 条规则；auditor explain ID 查看一条",
    "{count} rules; auditor explain ID shows one",
)
ASSERTS = Wording("检查", "tests")
WHEN = Wording("条件", "when")
WHERE = Wording("范围", "where")
EDITIONS = Wording("格式", "editions")
MESSAGE = Wording("提示语", "message")
URL = Wording("网址", "url")
TAGS = Wording("标签", "tags")
FILE = Wording("文件", "file")
EXAMPLES = Wording("示例", "examples")

CASE = Wording(
    "{rule}  示例 {example}: 应为 {expected}，实为 {found}",
    "{rule}  example {example}: expected {expected}, found {found}",
)
CHANGED = Wording("（{cell} 加 1 之后）", " (after adding 1 to {cell})")
RULE_TESTED = Wording("{rule}  {passed}/{total} 通过", "{rule}  {passed} of {total} passed")
TESTED = Wording(
    "{rules} 条规则，{cases} 个用例，失败 {failed}", "{rules} rules, {cases} cases, {failed} failed"
)
EACH = {
    "row": Wording("每一行", "each row"),
    "column": Wording("每一列", "each column"),
    "cell": Wording("每一格", "each cell"),
    "table": Wording("每一张表", "each table"),
    "once": Wording("每份报告一次", "once a report"),
}
