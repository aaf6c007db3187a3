"""Which names could be taken for each other."""

from __future__ import annotations

import pytest

from questions import documents
from questions.data import words
from questions.facts import gazetteer, kinship
from questions.facts.gazetteer import Class, Entry


def department(name: str) -> Entry:
    (hit,) = gazetteer.scan(name)
    return next(entry for entry in hit.entries if entry.family.cls is Class.DEPARTMENT)


@pytest.mark.parametrize(
    ("title", "province"),
    [
        ("贵州省水利厅2023年法治政府建设情况报告", "贵州"),
        ("丽水市水利局2023年法治政府建设情况报告", "浙江"),
        ("内蒙古自治区水利厅2023年法治政府建设情况报告", "内蒙古"),
        ("湖泊市水利局2023年法治政府建设情况报告", ""),
    ],
)
def test_the_province_of_a_document_is_told_by_its_place(title: str, province: str) -> None:
    document = documents.read(f"{title}\n一、工作情况\n完成任务。\n".encode(), name="a.txt")
    assert kinship.province(document) == province


def test_a_river_is_not_beside_what_flows_into_it() -> None:
    assert not {"泾河", "汾河"} & set(kinship.waters("黄河", "陕西"))
    assert "延河" in kinship.waters("渭河", "陕西")
    assert "泾河" not in kinship.waters("渭河", "陕西")


def test_lakes_stand_beside_lakes() -> None:
    assert set(kinship.waters("滇池", "云南")) == {"洱海", "抚仙湖", "泸沽湖", "星云湖"}
    assert not kinship.waters("滇池", "")


def test_departments_of_one_field_could_join_in_the_same_work() -> None:
    assert kinship.share_a_field(department("住建厅"), department("自然资源厅"))
    assert not kinship.share_a_field(department("住建厅"), department("民政厅"))


def test_a_word_of_its_trade_tells_a_department() -> None:
    assert kinship.is_told_by(department("教育厅"), "对12所学校开展抽检")
    assert not kinship.is_told_by(department("教育厅"), "对12家企业开展抽检")


def test_the_tables_speak_of_departments_and_provinces_that_exist() -> None:
    known = {entry.canon for entry in gazetteer.members(department("水利厅").family)}
    known |= {entry.canon for entry in gazetteer.members(department("水利局").family)}
    fields = {name for line in words("domains")["all"].split("\n") for name in line.split()}
    assert fields <= known
    assert set(words("tells")) <= known
    assert set(words("waters")) <= set(words("cities")) | {"北京", "天津", "上海", "重庆"}
