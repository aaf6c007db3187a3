"""Faults put into sound questions on made-up reports, by the traps of such texts."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from questions import facts
from questions.facts import FigureFact
from questions.generation import checks, makers
from questions.generation.book import Book, Source, source
from questions.generation.candidate import Candidate
from questions.models import Kind, Question
from tests.questions.generation import samples

EXTRA = (
    "(一)健全制度。将《浙江省海塘建设管理条例》和《浙江省水资源保护条例》列为2024年地方立法项目。"
    "报请省政府废止《浙江省河道采砂管理办法》。制定印发《浙江省水利工程质量监督管理办法》《浙江省农村供水管理办法》。"
    "将依法治水内容纳入《浙江省水利厅工作规则》。\n"
    "(二)加强监管。全省共查处水事违法案件1029起，罚没金额2835.4万元。省本级查处水事违法案件87起。"
    "将占总量80%左右的登记项目改为备案制。减少许可申报材料20余项。全省水质优良比例同比下降14.8%。"
    "全省共观测到水毁点2524个，较2022年减少10026个。拆除违法建筑1187处，完成堤防加固工程94处，清理河道垃圾6.3万吨。"
    "完成水库除险加固45座，修复水毁渠道37处，新建小型泵站28座，培训执法骨干812人。"
    "刊播新闻报道3500余篇(条)。实施水量遥感监测1402万台次。对15种轻微违法行为不予行政处罚。\n"
    "(三)深化协作。与江苏省、安徽省、福建省水利厅签订跨省河湖执法联动协议。"
    "全年办结水事违法案件236件，其中采砂类87件、侵占河道类64件、取水类41件、水土保持类29件。"
    "会同省财政厅对6个县开展水库移民资金检查。在全省开展“清四乱”专项整治。"
    "通过电话、网络、现场帮扶等方式为企业服务2557家次。"
    "运用在线监控、视频监控、遥感、无人机等非现场检查方式检查企业3996家次。"
    "杭州市成功列入国家北方地区节水试点城市范围。"
)
TITLES = (
    "(一)完善制度。将《浙江省海塘建设管理条例》和《浙江省水资源保护条例》列为2024年地方立法项目。"
    "报请省政府废止《浙江省河道采砂管理办法》《浙江省滩涂围垦管理办法》。"
    "完成《浙江省节约用水条例》《浙江省水文管理条例》初稿起草工作。\n"
    "(二)推进落实。印发《浙江省农村供水管理办法》《浙江省水利工程质量监督管理办法》《浙江省水库移民资金管理办法》。"
    "将水旱灾害防御内容纳入《浙江省突发事件总体应急预案》。将幸福河湖建设任务纳入《浙江省水安全保障规划》。"
    "将依法治水考核指标纳入《浙江省水利厅综合考核办法》。按照《浙江省涉水审批事项目录》对登记项目豁免审批管理。\n"
    "(三)加强宣传。印发《关于做好汛期安全检查工作的通知》《关于开展河湖执法联动工作的通知》。"
    "修订《浙江省水利厅行政执法公示办法》《浙江省水利厅法律顾问工作办法》。"
)
CHROME = (
    "扫一扫在手机打开当前页",
    "【字体：大 中 小】",
    "发布时间：2024-01-19 09：30",
    "浏览次数：1286",
)


@dataclass(frozen=True)
class Sound:
    """A question that passes every check, with what the checks look at."""

    candidate: Candidate
    source: Source

    @property
    def question(self) -> Question:
        return self.candidate.question

    @property
    def is_figure(self) -> bool:
        return isinstance(self.candidate.fact, FigureFact)

    def fails(self, candidate: Candidate, book: Book | None = None) -> str | None:
        return checks.first_failure(candidate, self.source, book or blank_book())


def blank_book() -> Book:
    return Book(random.Random(0), frozenset(Kind))


@cache
def sound(seed: int = 0) -> tuple[Sound, ...]:
    """Every question kept from the made-up reports."""
    documents = [samples.read(path) for path in samples.REPORTS]
    documents += [samples.report(EXTRA), samples.report(TITLES)]
    found: list[Sound] = []
    for document in documents:
        one = source(document, facts.extract(document))
        found += [Sound(candidate, one) for candidate in _kept(one, seed)]
    return tuple(found)


def _kept(one: Source, seed: int) -> Iterator[Candidate]:
    book = Book(random.Random(seed), frozenset(Kind))
    for fact in one.facts:
        for candidate in makers.of(fact, one, book):
            if checks.first_failure(candidate, one, book) is None:
                book.asked[candidate.question.kind] += 1
                checks.remember(candidate, book)
                yield candidate


Make = Callable[[Sound, random.Random], Candidate | None]


@dataclass(frozen=True)
class Plant:
    """One way to spoil a question; None from `make` where it has no place in this one."""

    family: str
    name: str
    make: Make


PLANTS: list[Plant] = []


def plant(family: str) -> Callable[[Make], Make]:
    """Enter a way to spoil under its family."""

    def enter(make: Make) -> Make:
        PLANTS.append(Plant(family, make.__name__.strip("_"), make))
        return make

    return enter


def change(one: Sound, **changes: object) -> Candidate:
    question: Question = replace(one.question, **changes)  # type: ignore[arg-type]
    return replace(one.candidate, question=question)


def restem(one: Sound, stem: str) -> Candidate | None:
    return change(one, stem=stem) if stem != one.question.stem else None


def swap(one: Sound, place: int, text: str) -> Candidate | None:
    options = list(one.question.options)
    if options[place] == text:
        return None
    options[place] = text
    return change(one, options=tuple(options))


def wrong(one: Sound, rng: random.Random) -> int | None:
    """The place of one wrong option."""
    if one.question.kind not in (Kind.SINGLE, Kind.MULTIPLE):
        return None
    places = [at for at in range(len(one.question.options)) if at not in one.question.key]
    return rng.choice(places) if places else None


def misled(one: Sound, rng: random.Random, text: str) -> Candidate | None:
    """A wrong option replaced."""
    place = wrong(one, rng)
    return None if place is None or text in one.question.options else swap(one, place, text)


def told(one: Sound) -> FigureFact | None:
    fact = one.candidate.fact
    return fact if isinstance(fact, FigureFact) else None


def single_figure(one: Sound) -> FigureFact | None:
    return told(one) if one.question.kind is Kind.SINGLE else None
