"""What the pages show is so: commands parse, links lead somewhere, examples run."""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from dataclasses import fields
from pathlib import Path

import pages
import pytest
import typer

import themes
from themes import cli
from themes.codebooks import load
from themes.grammar import compose
from themes.records import Code, Codebook, Transcript, Turn

SHELL = list(pages.shell_commands())
LINKS = [
    (page, target)
    for page in pages.PAGES
    for target in re.findall(r"\]\(([^)\s]+)\)|src=\"([^\"]+)\"", pages.prose(page))
    for target in target
    if target and not re.match(r"[a-z]+:", target)
]
# Programs that are not ours; what is said to them is not checked here.
_STRANGERS = {"pip", "uv", "hf", "mkdir", "cp", "echo", "for", "done", "source", "python3", "py"}


def split(command: str) -> tuple[str, list[str]]:
    """The program, without the folder it is in, and its arguments."""
    words = [word for word in shlex.split(command.replace("\\", "/")) if not word.startswith(">")]
    return words[0].rpartition("/")[2], words[1:]


def find_command(words: list[str]) -> tuple[object, list[str]]:
    """The command that `words` name, and what is left for it to parse."""
    command, rest = typer.main.get_command(cli.app), words
    while hasattr(command, "commands"):
        assert rest, "names no command"
        assert rest[0] in command.commands, f"{rest[0]} is no command"
        command, rest = command.commands[rest[0]], rest[1:]
    return command, rest


@pytest.mark.parametrize(("page", "command"), SHELL)
def test_every_command_in_a_shell_block_can_be_typed(page: str, command: str) -> None:
    program, arguments = split(command)
    if program == "themes":
        found, rest = find_command(arguments)
        found.make_context("themes", list(rest))
    elif program == "make":
        makefile = pages.text("Makefile")
        assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in arguments)
    elif program == "python":
        paths = [word for word in arguments if word.startswith(("scripts/", "tests/"))]
        assert paths
        assert all((pages.ROOT / path).is_file() for path in paths)
    else:
        assert program in _STRANGERS or program == "activate"


def test_a_command_with_a_wrong_option_would_be_noticed() -> None:
    found, rest = find_command(["run", "transcripts", "--out", "x", "--languages", "nl"])
    with pytest.raises(Exception, match="languages"):
        found.make_context("themes", rest)


@pytest.mark.parametrize("page", pages.PAGES)
def test_commands_and_options_in_the_prose_exist(page: str) -> None:
    top = typer.main.get_command(cli.app)
    known = {"--help", "--overwrite"}
    for name in top.commands:
        for command in getattr(top.commands[name], "commands", {name: top.commands[name]}).values():
            known |= {option for parameter in command.params for option in parameter.opts}
    for quoted in pages.inline(page):
        words = quoted.split()
        if words[0] == "themes" and len(words) > 1:
            assert words[1] in top.commands, quoted
        if words[0] == "themes" or words[0].startswith("--"):
            options = {word for word in words if word.startswith("--")} - {"--local-dir"}
            assert options <= known, quoted
        if words[0] == "make" and len(words) == 2:
            assert re.search(rf"^{words[1]}:", pages.text("Makefile"), re.MULTILINE), quoted
        if words[0] == "python" and words[1].startswith("scripts/"):
            assert (pages.ROOT / words[1]).is_file(), quoted
        if re.match(r"(src|tests|scripts|corpora|models)/[\w/.-]+$", quoted):
            invented = ("membership", "<")
            assert (pages.ROOT / quoted).exists() or any(i in quoted for i in invented), quoted


@pytest.mark.parametrize(("page", "target"), LINKS)
def test_every_link_leads_somewhere(page: str, target: str) -> None:
    file, _, anchor = target.partition("#")
    path = Path(page).parent / file if file else Path(page)
    assert (pages.ROOT / path).exists()
    if anchor:
        assert anchor in pages.anchors(path.as_posix())


def test_there_are_links_and_commands_to_check() -> None:
    assert len(LINKS) > 20
    assert len(SHELL) > 20


@pytest.mark.parametrize(("page", "body"), pages.blocks("toml"))
def test_every_codebook_can_be_used(page: str, body: str, tmp_path: Path) -> None:
    (tmp_path / "book.toml").write_text(body, encoding="utf-8")
    assert load(tmp_path / "book.toml").codable


def test_the_codebook_of_the_manual_has_every_key() -> None:
    shown = [tomllib.loads(body) for page, body in pages.blocks("toml") if "how-to" in page]
    top = {field.name for field in fields(Codebook)} - {"codes"} | {"code"}
    in_code = {field.name for field in fields(Code)}
    assert any(set(t) == top and set().union(*t["code"]) == in_code for t in shown)


def test_the_recognizer_of_the_manual_keeps_to_its_examples() -> None:
    (body,) = [b for _, b in pages.blocks("python", ("docs/how-to.md",)) if "class " in b]
    ((_, examples),) = pages.blocks("json", ("docs/how-to.md",))
    names: dict[str, type] = {}
    exec(body, names)
    for example in json.loads(examples):
        text, (span,) = compose([("R", example["text"])])
        given = Transcript("t", text, (Turn(span, "R", "other"),), example["language"])
        found = [mention.span.of(text) for mention in names["Membership"]().find(given)]
        assert found == example["find"]


def test_no_block_escapes_the_checks() -> None:
    checked = {"sh", "bat", "python", "toml", "json"}
    assert pages.languages() <= checked | {"text", "r"}


def test_the_changelog_begins_with_this_version() -> None:
    top = re.search(r"^## (\S+)", pages.text("CHANGELOG.md"), re.MULTILINE)
    assert top is not None
    assert top[1] == themes.__version__


def test_what_the_readme_says_of_quality_still_fits_the_card() -> None:
    promise = re.search(
        r"At least (\d) in 10 of the codes .* of what is suggested, (\d+) % was right",
        pages.text("models/help-seeking/CARD.md"),
    )
    readme = pages.text("README.md")
    assert "it suggested or asked about half of the codes that were given" in readme
    assert promise[1] in "56"
    assert "fewer than half of what it suggested was right" in readme
    assert 40 <= int(promise[2]) <= 60


def test_the_picture_is_there_and_small() -> None:
    picture = (pages.ROOT / "docs" / "report.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) < 250_000
