"""`themes reidentify` and `themes forget`: the way back, and closing it for one person."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from themes.cli import _options as options

Folder = Annotated[
    Path,
    typer.Argument(metavar="FOLDER", help="What themes anonymize or run made.", show_default=False),
]


def reidentify(
    folder: Folder,
    key: options.KeyOf,
    out: options.OutFolder,
    overwrite: options.OverwriteOption = False,
) -> None:
    """Put the names back into pseudonymized texts, with the key; keep the result apart."""
    import sys

    from themes.atomic import new_folder, write_file
    from themes.cli._keys import key_of
    from themes.errors import ExportError, InputError
    from themes.stages.reidentify import restore

    texts = sorted(
        (folder / "anonymized" if (folder / "anonymized").is_dir() else folder).glob("*.txt")
    )
    if not texts:
        raise InputError(
            f"{folder}: holds no pseudonymized texts; name the folder that themes made"
        )
    inside = out.resolve()
    if folder.resolve() in (inside, *inside.parents):
        raise ExportError(
            out, "lies inside the pseudonymized folder", "choose one that is not shared"
        )
    file = key_of(key, folder)
    restored = [
        restore(path.stem, path.read_text(encoding="utf-8").removesuffix("\n"), file.key)
        for path in texts
    ]
    with new_folder(out, overwrite=overwrite) as made:
        taken: set[str] = set()
        for each in restored:
            name, again = each.transcript_id, 2
            while name.casefold() in taken:
                name, again = f"{each.transcript_id}-{again}", again + 1
            taken.add(name.casefold())
            write_file(made / f"{name}.txt", (each.text + "\n").encode())
        write_file(made / "run.json", b"{}\n")
    exact = sum(each.exact for each in restored)
    print(f"{len(restored)} texts restored, {exact} to the byte: {out}")
    changed = (
        len(restored) - exact - sum(each.n_forgotten > 0 for each in restored if not each.exact)
    )
    if changed:
        print(
            f"note: {changed} texts were changed since; names were put back mark by mark",
            file=sys.stderr,
        )
    if forgotten := sum(each.n_forgotten for each in restored):
        print(f"note: {forgotten} marks lead back to nobody: forgotten", file=sys.stderr)


def forget(
    participant: Annotated[
        str,
        typer.Argument(
            metavar="PARTICIPANT",
            help="A participant, a transcript, or a person such as PERSON-3.",
            show_default=False,
        ),
    ],
    key: options.KeyOf,
) -> None:
    """Take one person out of the key, so that nothing leads back to them any more."""
    from themes.cli._keys import key_of
    from themes.stages.reidentify import forget as forget_one

    file = key_of(key)
    less, said = forget_one(participant, file.key)
    file.save(less)
    print(f"{said.n_entities} entries and {said.n_transcripts} transcripts left the key.")
    if said.n_elsewhere:
        print(
            f"{said.n_elsewhere} names of these transcripts also occur in others and stay; "
            "forget each by its number."
        )
    print(
        "The texts are still pseudonymised data of this person, not anonymous: delete them too, "
        "and every backup of the key."
    )
