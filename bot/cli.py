"""The command line. Each command loads what it needs when it runs, so that all start fast."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

import click

P = ParamSpec("P")
R = TypeVar("R")

BAD_SETTINGS = 2
FORMAT_NAMES = ("json", "xlsx", "docx", "moodle-xml", "gift", "aiken", "csv", "text")
KIND_NAMES = ("single", "multiple", "judge", "blank")


class Refusal(click.ClickException):
    """A failure told in one Chinese line, without the word Error before it; exit status 1."""

    def show(self, file: object = None) -> None:
        """Print the line on stderr."""
        click.echo(self.message, err=True)


class BadSettings(Refusal):
    """The settings can't work; exit status 2."""

    exit_code = BAD_SETTINGS


def told(command: Callable[P, R]) -> Callable[P, R]:
    """Turn the house's errors into one line and an exit status."""

    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        from bot.errors import SettingsError
        from questions.errors import QuestionsError
        from storage.errors import BadAddress, StorageError

        try:
            return command(*args, **kwargs)
        except (SettingsError, BadAddress) as error:
            raise BadSettings(str(error)) from error
        except (QuestionsError, StorageError) as error:
            raise Refusal(str(error)) from error
        except OSError as error:
            raise Refusal(f"{error.filename or ''}：{error.strerror or error}") from error

    run.__name__, run.__doc__ = command.__name__, command.__doc__
    run.__click_params__ = getattr(command, "__click_params__", [])  # type: ignore[attr-defined]
    return run


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="xuefa", message="%(version)s")
def main() -> None:
    """学法：把机关公开文件变成每日学法答题的聊天机器人。"""


@main.command()
@told
def run() -> None:
    """运行机器人（设置见 .env.example）。"""
    from bot.settings import load

    settings = load()
    if not settings.token.get_secret_value():
        raise BadSettings("设置有误：缺少 XUEFA_TOKEN，请向 BotFather 申请令牌。")
    # What is imported stays for good: no collection need look at it, now or later.
    gc.disable()
    from bot.running import serve  # takes a second: a missing token need not wait for it

    gc.freeze()
    gc.enable()
    serve(settings)


@main.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8088, show_default=True)
@click.option("--database", help="数据库地址；默认用临时 SQLite，退出即删除。")
@click.option("--no-open", is_flag=True, help="不自动打开浏览器。")
@told
def demo(port: int, database: str | None, no_open: bool) -> None:
    """在浏览器里试用：真实机器人，不需要令牌。"""
    from bot.showcase.serving import play

    play(port, database, opens_browser=not no_open)


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "format_name",
    type=click.Choice(FORMAT_NAMES),
    help="题库格式；默认看 --output 的后缀，否则为 json。",
)
@click.option("--output", type=click.Path(path_type=Path), help="写入的文件；默认写到标准输出。")
@click.option("--kinds", help="只要这些题型，逗号分隔：" + ",".join(KIND_NAMES))
@click.option("--limit", type=click.IntRange(1), help="最多出多少题。")
@click.option("--seed", type=int, default=0, show_default=True)
@click.option("--title", help="文件标题；默认从文件中读出。")
@click.option(
    "--laws", "laws_file", type=click.Path(path_type=Path), help="补充法规库的 CSV 文件。"
)
@click.option("--since", type=click.Path(path_type=Path), help="与以前的题库比较，沿用题目编号。")
@click.option("--writer", "uses_writer", is_flag=True, help="请设置里的语言模型改写题干。")
@click.option("--stats", is_flag=True, help="在标准错误上列出找到、出题和舍弃的数目。")
@told
def generate(
    files: tuple[Path, ...],
    format_name: str | None,
    output: Path | None,
    kinds: str | None,
    limit: int | None,
    seed: int,
    title: str | None,
    laws_file: Path | None,
    since: Path | None,
    uses_writer: bool,
    stats: bool,
) -> None:
    """由文件生成题库；不用数据库和令牌，只有 --writer 用网络。

    给出 --since 而没有 --output 时只作比较。
    """
    from bot.banks import forms, generating

    form = forms.chosen(format_name, output)
    wanted = _kinds(kinds)
    with generating.writer(is_wanted=uses_writer) as writer:
        generated = generating.generate_bank(
            files, wanted, limit=limit, seed=seed, title=title, laws_file=laws_file, writer=writer
        )
    generating.print_advice(generated)
    changes = generating.compare_with(since, generated) if since else None
    bank = changes.bank if changes else generated.bank
    for warning in forms.warnings(form, bank):
        click.echo(warning, err=True)
    data = form.write(bank)
    if output is not None:
        generating.write_whole(output, data)
    elif changes is None:
        sys.stdout.buffer.write(data)
    if changes is not None:
        generating.print_changes(changes)
    if stats:
        generating.print_stats(generated)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--output", type=click.Path(path_type=Path), help="写入的文件；默认写到标准输出。")
@told
def text(file: Path, output: Path | None) -> None:
    """写出从文件读到的文字（UTF-8）；引文的起止位置按它的字符计。"""
    from bot.banks import generating

    data = generating.read_file(file).text.encode()
    if output is not None:
        generating.write_whole(output, data)
    else:
        sys.stdout.buffer.write(data)


def _kinds(said: str | None) -> tuple[str, ...]:
    """The kinds of question asked for; all of them where nothing is said."""
    wanted = tuple(said.split(",")) if said else KIND_NAMES
    if unknown := [kind for kind in wanted if kind not in KIND_NAMES]:
        raise click.BadParameter(f"没有这种题型：{unknown[0]}", param_hint="--kinds")
    return wanted


@main.command()
@told
def migrate() -> None:
    """建立或升级数据库的表。"""
    from bot.settings import load
    from storage.upgrade import migrate as upgrade

    before, after = upgrade(load().database_url)
    click.echo(f"数据库已是最新版 {after}。" if before == after else f"数据库已升级到 {after}。")


@main.command()
@click.option("--check", "is_check", is_flag=True, help="只核对，不改写；有出入时退出状态为 1。")
@told
def recount(is_check: bool) -> None:
    """由答题和推送记录重算全部成绩合计（机器人运行时也可以）。"""
    from bot.clock import utc_now
    from bot.counting import recount as count
    from bot.settings import load

    done = count(load(), utc_now(), is_check=is_check)
    for found in done.shown:
        key = "/".join(str(part) for part in found.key)
        click.echo(f"{found.table} {key}：现为 {found.kept}，应为 {found.counted}", err=True)
    if done.wrong > len(done.shown):
        click.echo(f"…… 另有 {done.wrong - len(done.shown)} 处", err=True)
    speed = done.answers / done.seconds if done.seconds else 0
    click.echo(f"核算 {done.answers} 次作答，用时 {done.seconds:.1f} 秒（每秒 {speed:.0f} 次）。")
    if done.wrong and is_check:
        raise Refusal(f"有 {done.wrong} 处合计与记录不符，可运行 xuefa recount 改正。")
    click.echo(f"已改正 {done.wrong} 处。" if done.wrong else "全部合计与记录相符。")


@main.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--bank", required=True, help="导入到哪个题库；没有就新建。")
@click.option("--draft", "is_draft", is_flag=True, help="作为待审题导入，不直接发布。")
@click.option("--skips", type=click.Path(path_type=Path), help="没有导入的题写成错误表（xlsx）。")
@told
def import_(file: Path, bank: str, is_draft: bool, skips: Path | None) -> None:
    """把题库文件导入数据库，题目随即发布；格式由内容认出。"""
    from bot.banks import loading
    from bot.settings import load

    done = loading.import_file(load(), file, bank, is_draft=is_draft)
    click.echo(
        f"题库“{bank}”：新增 {len(done.put.added)} 题，"
        f"更新 {len(done.put.changed)} 题，未变 {done.unchanged} 题。"
    )
    for line in loading.complaints(done):
        click.echo(line, err=True)
    if skips is not None and done.reading.skips:
        loading.save_skips(skips, done)
        click.echo(f"没有导入的题已写入 {skips}，改好后可以再次导入。")


@main.command()
@click.option("--bank", required=True, help="题库名。")
@click.option("--output", required=True, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "format_name",
    type=click.Choice(FORMAT_NAMES),
    help="题库格式；默认看 --output 的后缀，否则为 json。",
)
@told
def export(bank: str, output: Path, format_name: str | None) -> None:
    """把题库中已发布的题写成文件。"""
    from bot.banks import forms
    from bot.banks.generating import write_whole
    from bot.banks.loading import take_bank
    from bot.settings import load

    form = forms.chosen(format_name, output)
    taken = take_bank(load(), bank)
    for warning in forms.warnings(form, taken):
        click.echo(warning, err=True)
    write_whole(output, form.write(taken))
    click.echo(f"已导出题库“{bank}”到 {output}（{form.label}，{len(taken.questions)} 题）。")


@main.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@told
def laws(file: Path | None) -> None:
    """查看法规库，或把 CSV 表里的法规补充进去。"""
    from bot.banks.currency.laws import command
    from bot.settings import load

    if file is not None:
        found, done = command.add_file(load(), file)
        for issue in found.issues:
            click.echo(str(issue), err=True)
        click.echo(f"已采用 {done.count} 部法规，{done.touched} 题的依据日期随之更新。")
        return
    known, added, trouble = command.count(load())
    click.echo(f"法规库共 {known} 部，其中本单位补充 {added} 部。")
    if trouble:
        click.echo(f"补充的法规暂时没有采用：{trouble}", err=True)


@main.command()
@click.argument("path", type=click.Path(path_type=Path))
@told
def backup(path: Path) -> None:
    """备份数据库（机器人运行时也可以）。"""
    from bot.settings import load
    from storage import archive

    archive.backup(load().database_url, path)
    click.echo(f"已备份到 {path}。")


@main.command()
@click.argument("path", type=click.Path(path_type=Path))
@told
def restore(path: Path) -> None:
    """从备份恢复数据库（请先停止机器人）。"""
    from bot.clock import utc_now
    from bot.settings import load
    from storage import archive

    kept = archive.restore(load().database_url, path, now=utc_now())
    click.echo("已恢复。" if kept is None else f"已恢复；原来的数据库保存在 {kept}。")
