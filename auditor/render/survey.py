"""In: what rules can locate and what is odd in them. Out: the same as text or JSON."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TextIO

from auditor.check.identify import Faults, Identifiability
from auditor.check.linear import Equality
from auditor.check.survey import Survey
from auditor.explain.labels import cell_label, table_name
from auditor.model import Address, Language, Wording
from auditor.render import words
from auditor.render.console import Page
from auditor.render.json import SCHEMA_VERSION, Record, write_json

_GAP = "  "
_HEAD = Wording(
    "{form}版格式  {cells}格  等式 {count} 条，其中独立 {rank} 条",
    "{form} form  {cells} cells  {count} equalities, {rank} of them independent",
)
_UNIQUE = Wording(
    "单处差错可准确定位 {count} 格", "a single error is exactly locatable in {count} cells"
)
_TIE = Wording("等式无法区分 {count} 格: {cells}", "{count} cells that no sum tells apart: {cells}")
_UNCOVERED = Wording("不在任何等式中 {count} 格: {cells}", "{count} cells in no equality: {cells}")
_LAST_YEAR = Wording(
    "给出上年报告时（含警告的规则）  等式 {count} 条，其中独立 {rank} 条",
    "beside last year's report (rules that warn among them): {count} equalities, "
    "{rank} of them independent",
)
_CONTRADICTORY = Wording(
    "矛盾: {where} 与其前的等式不能同时成立",
    "contradiction: {where} cannot hold together with those before it",
)
_IMPLIED = Wording(
    "可由其前的等式推出（多余的和式有助于定位差错）: {where}",
    "implied by those before (a redundant sum helps to locate errors): {where}",
)
_PINNED = Wording("只能取一个值: {cells}", "may hold one value only: {cells}")
_UNCHECKED = Wording(
    "没有任何规则的单元格 {count}: {cells}", "{count} cells without any rule: {cells}"
)
_NOTHING = Wording("未发现问题", "nothing odd")


def write_surveys(
    page: Page,
    surveys: Iterable[Survey],
    identifiability: bool,  # noqa: FBT001 - the two things that may be asked for
    lint: bool,  # noqa: FBT001
    lang: Language,
) -> None:
    """Write what was asked for, edition by edition."""
    for survey in surveys:
        found = survey.identifiability
        head = _HEAD.fill(
            form=survey.form, cells=len(survey.cells), count=found.equalities, rank=found.rank
        )
        page.line(head.in_language(lang))
        told = [*(_located(survey, lang) if identifiability else ())]
        told += [*(_odd(survey, lang) if lint else ())]
        for text in told or [_NOTHING.in_language(lang)]:
            page.line(text, indent=_GAP, hang=_GAP * 2)


def write_surveys_json(
    stream: TextIO,
    surveys: Iterable[Survey],
    identifiability: bool,  # noqa: FBT001
    lint: bool,  # noqa: FBT001
) -> None:
    """Write the same for other programs."""
    records = [
        {"form": survey.form, "cells": len(survey.cells)}
        | (_located_in(survey) if identifiability else {})
        | (_odd_record(survey, survey.faults) if lint else {})
        for survey in surveys
    ]
    write_json({"schema_version": SCHEMA_VERSION, "forms": records}, stream)


def _located(survey: Survey, lang: Language) -> Iterator[str]:
    found = survey.identifiability
    yield _UNIQUE.fill(count=len(found.unique)).in_language(lang)
    for group in found.ties:
        yield _told(_TIE, survey, group, lang)
    if found.uncovered:
        yield _told(_UNCOVERED, survey, found.uncovered, lang)
    more = survey.beside_last_year
    yield _LAST_YEAR.fill(count=more.equalities, rank=more.rank).in_language(lang)
    if more.uncovered:
        yield _told(_UNCOVERED, survey, more.uncovered, lang)


def _odd(survey: Survey, lang: Language) -> Iterator[str]:
    faults = survey.faults
    for wording, equalities in ((_CONTRADICTORY, faults.contradictory), (_IMPLIED, faults.implied)):
        if equalities:
            yield wording.in_language(lang).format(where=_instances(equalities, lang))
    if faults.pinned:
        yield _told(_PINNED, survey, faults.pinned, lang)
    if survey.unchecked:
        yield _told(_UNCHECKED, survey, survey.unchecked, lang)


def _instances(equalities: Iterable[Equality], lang: Language) -> str:
    listed = (f"{e.rule} {e.instance}".strip() for e in equalities)
    return words.LIST.in_language(lang).join(listed)


def _told(wording: Wording, survey: Survey, cells: Sequence[Address], lang: Language) -> str:
    return wording.in_language(lang).format(count=len(cells), cells=_listed(survey, cells, lang))


def _listed(survey: Survey, cells: Sequence[Address], lang: Language) -> str:
    """Name cells by table and row, the columns of a row together."""
    parts = []
    for table, in_table in groupby(cells, key=lambda address: address.split("/")[0]):
        name = table_name(survey.form, table)
        labels = [cell_label(survey.form, address).in_language(lang) for address in in_table]
        rows = [
            f"{row} ({words.LIST.in_language(lang).join(label.split(' · ')[1] for label in group)})"
            for row, group in groupby(labels, key=lambda label: label.split(" · ")[0])
        ]
        parts.append(f"{name.in_language(lang) if name else table} " + "; ".join(rows))
    return "; ".join(parts)


def _located_in(survey: Survey) -> Record:
    beside = _located_record(survey.beside_last_year)
    return {**_located_record(survey.identifiability), "beside_last_year": beside}


def _located_record(found: Identifiability) -> Record:
    return {
        "equalities": found.equalities,
        "rank": found.rank,
        "covered": found.covered,
        "unique": len(found.unique),
        "ties": [list(group) for group in found.ties],
        "uncovered": list(found.uncovered),
    }


def _odd_record(survey: Survey, faults: Faults) -> Record:
    return {
        "contradictory": [_equality_record(e) for e in faults.contradictory],
        "implied": [_equality_record(e) for e in faults.implied],
        "pinned": list(faults.pinned),
        "unchecked": list(survey.unchecked),
    }


def _equality_record(equality: Equality) -> Record:
    return {"rule": equality.rule, "instance": equality.instance}
