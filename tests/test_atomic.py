"""A name on disk holds all of the new, or all of the old; never a part, never a leftover."""

import errno
import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from themes.atomic import new_folder, write_file
from themes.errors import ExportError


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def full_disk(*_arguments, **_named):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def run_in(folder: Path, overwrite: bool = False, content: bytes = b"new") -> None:
    with new_folder(folder, overwrite=overwrite) as temporary:
        write_file(temporary / "run.json", content)


def test_a_file_is_written_and_replaced(tmp_path):
    for data in (b"one", b"", b"\x00three"):
        write_file(tmp_path / "a.bin", data)
        assert (tmp_path / "a.bin").read_bytes() == data
    assert names(tmp_path) == ["a.bin"]


def test_a_file_has_the_rights_of_any_other(tmp_path):
    (tmp_path / "plain").write_bytes(b"")
    write_file(tmp_path / "ours", b"")
    plain, ours = (stat.S_IMODE((tmp_path / n).stat().st_mode) for n in ("plain", "ours"))
    assert ours == plain


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_full_disk_leaves_the_old_file_and_no_other(tmp_path, monkeypatch, step):
    (tmp_path / "a.csv").write_bytes(b"old")
    monkeypatch.setattr(os, step, full_disk)
    with pytest.raises(ExportError, match=r"a\.csv: cannot be written, the disk is full; free"):
        write_file(tmp_path / "a.csv", b"new")
    assert (tmp_path / "a.csv").read_bytes() == b"old"
    assert names(tmp_path) == ["a.csv"]


@pytest.mark.parametrize(
    ("path", "remedy"),
    [
        ("missing/a.csv", "make the folder first"),
        ("file/a.csv", "choose another path"),
        ("folder", "choose another name"),
        ("x" * 300, "choose a shorter one"),
    ],
)
def test_what_cannot_be_written_is_told_in_one_line(tmp_path, path, remedy):
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "folder").mkdir()
    with pytest.raises(ExportError) as caught:
        write_file(tmp_path / path, b"new")
    assert str(caught.value).endswith(remedy)
    assert "\n" not in str(caught.value)
    assert names(tmp_path) == ["file", "folder"]


def test_a_really_full_disk(tmp_path):
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("mounting a small disk needs root")
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(tmp_path)]
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("this machine does not let us mount a small disk")
    try:
        (tmp_path / "out").mkdir()
        (tmp_path / "out" / "run.json").write_bytes(b"old")
        with (
            pytest.raises(ExportError, match="the disk is full"),
            new_folder(tmp_path / "out", overwrite=True) as folder,
        ):
            write_file(folder / "big.csv", b"x" * 200_000)
        assert names(tmp_path) == ["out"]
        assert (tmp_path / "out" / "run.json").read_bytes() == b"old"
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)


def test_a_folder_appears_whole(tmp_path):
    with new_folder(tmp_path / "deep" / "out") as folder:
        write_file(folder / "run.json", b"{}")
        assert not (tmp_path / "deep" / "out").exists()
    assert names(tmp_path / "deep") == ["out"]
    assert names(tmp_path / "deep" / "out") == ["run.json"]
    assert stat.S_IMODE((tmp_path / "deep" / "out").stat().st_mode) == stat.S_IMODE(
        (tmp_path / "deep").stat().st_mode
    )


def test_a_failure_leaves_nothing(tmp_path):
    def interrupted():
        with new_folder(tmp_path / "out") as folder:
            write_file(folder / "a", b"")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert names(tmp_path) == []


def test_an_empty_folder_may_be_filled(tmp_path):
    (tmp_path / "out").mkdir()
    run_in(tmp_path / "out")
    assert names(tmp_path) == ["out"]
    assert names(tmp_path / "out") == ["run.json"]


def test_an_earlier_run_is_replaced_only_when_asked(tmp_path):
    run_in(tmp_path / "out", content=b"old")
    with pytest.raises(ExportError, match="holds an earlier run; choose another folder"):
        run_in(tmp_path / "out")
    assert (tmp_path / "out" / "run.json").read_bytes() == b"old"
    run_in(tmp_path / "out", overwrite=True)
    assert (tmp_path / "out" / "run.json").read_bytes() == b"new"
    assert names(tmp_path) == ["out"]


@pytest.mark.parametrize("overwrite", [False, True])
def test_a_folder_of_somebody_else_is_never_replaced(tmp_path, overwrite):
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.docx").write_bytes(b"years")
    with pytest.raises(ExportError, match="files that themes did not make"):
        run_in(tmp_path / "thesis", overwrite=overwrite)
    assert names(tmp_path / "thesis") == ["chapter.docx"]


@pytest.mark.parametrize("overwrite", [False, True])
def test_a_file_or_a_link_is_never_replaced(tmp_path, overwrite):
    run_in(tmp_path / "run")
    (tmp_path / "file").write_bytes(b"x")
    (tmp_path / "link").symlink_to(tmp_path / "run")
    for name in ("file", "link"):
        with pytest.raises(ExportError, match="is no folder"):
            run_in(tmp_path / name, overwrite=overwrite)
    assert names(tmp_path) == ["file", "link", "run"]


@pytest.mark.parametrize("fails_at", [1, 2])
def test_the_old_folder_comes_back_when_the_swap_fails(tmp_path, monkeypatch, fails_at):
    run_in(tmp_path / "out", content=b"old")
    replace, folder_moves = os.replace, []

    def failing(source, target):
        if Path(source).is_dir():
            folder_moves.append(source)
            if len(folder_moves) == fails_at:
                full_disk()
        replace(source, target)

    monkeypatch.setattr(os, "replace", failing)
    with pytest.raises(ExportError, match="the disk is full"):
        run_in(tmp_path / "out", overwrite=True)
    assert (tmp_path / "out" / "run.json").read_bytes() == b"old"
    assert names(tmp_path) == ["out"]


def test_a_folder_that_appeared_meanwhile_is_kept(tmp_path):
    def late():
        with new_folder(tmp_path / "out") as folder:
            write_file(folder / "run.json", b"{}")
            (tmp_path / "out").mkdir()
            (tmp_path / "out" / "theirs").write_bytes(b"x")

    with pytest.raises(ExportError, match="did not make"):
        late()
    assert names(tmp_path) == ["out"]
    assert names(tmp_path / "out") == ["theirs"]


def test_the_folder_one_stands_in_has_a_name(tmp_path, monkeypatch):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    run_in(Path("out/"))
    assert names(tmp_path / "here") == ["out"]
