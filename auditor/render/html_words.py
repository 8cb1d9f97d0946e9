"""In: nothing. Out: the words that only the documents for officials say, in both languages."""

from auditor.explain.verdict import Status
from auditor.model import Wording
from auditor.render.marks import Role

TITLE = Wording(
    "政府信息公开工作年度报告 核对结果", "Audit of annual reports on information disclosure"
)
VERDICT = {
    Status.PASS: Wording("无错误", "No error found"),
    Status.FAIL: Wording("有错误，需更正", "Errors found"),
    Status.INCOMPLETE: Wording("未能完整核验", "Not fully checked"),
    Status.UNREADABLE: Wording("无法读取", "Could not be read"),
}
WITH_REMARKS = Wording("无错误，另有提请注意之处", "No error, but remarks")
FAIL_BUT_UNREAD = Wording("；另有内容未能核验", "; and not everything was checked")
ROLE = {
    Role.SUSPECT: Wording("此格有误", "this cell is wrong"),
    Role.CANDIDATE: Wording("可能是此格有误", "this cell may be wrong"),
    Role.VIOLATED: Wording("此格所在的和式不成立", "a sum with this cell does not hold"),
    Role.NOTED: Wording("请留意此格", "see to this cell"),
}
OPERAND = Wording("参与计算的格", "takes part in the sum")
SHOULD_BE = Wording("应改为 {value}", "should be {value}")
UNREAD_CELL = Wording("未读到", "not read")
OVERVIEW = Wording("总览", "overview")
FILE = Wording("文件", "file")
AGENCY = Wording("机关", "agency")
YEAR = Wording("年度", "year")
RESULT = Wording("结论", "result")
BACK = Wording("回到总览", "back to the overview")
INSTANCES = Wording("规则实例 {total} = {parts}", "rule instances {total} = {parts}")
CHECKED = Wording("核验情况", "what was checked")
NOT_CHECKED = Wording("未核验的内容与原因", "what was not checked, and why")
NOT_APPLICABLE = Wording("不适用的规则", "rules that do not apply")
WAIVED = Wording("豁免", "waivers")
OTHER_FINDINGS = Wording("表格以外的问题", "findings outside the tables")
TABLE_NOT_READ = Wording("没有读到这张表", "this table was not read")
FINDINGS = Wording("问题", "findings")
MADE_BY = Wording(
    "由 auditor {version} 生成，规则 {rules}", "made by auditor {version}, rules {rules}"
)
CELL = Wording("单元格", "cell")
VALUE = Wording("现为", "reads")
RULE = Wording("规则", "rule")
SEVERITY = Wording("级别", "severity")
TABLE = Wording("表", "table")
WHERE = Wording("位置", "where")
WHAT = Wording("问题", "finding")
EXPECTED = Wording("应为", "expected")
ACTUAL = Wording("实为", "actual")
DIFFERENCE = Wording("差额", "difference")
ADVICE = Wording("建议", "suggestion")
SOURCE = Wording("依据", "source")
MORE_FINDINGS = Wording(
    "另有 {count} 条问题，见各页批注", "{count} findings more, in the notes of the pages"
)
