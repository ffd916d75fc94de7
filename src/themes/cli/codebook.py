"""`themes codebook`: look at a codebook, and check one before it is used."""

from __future__ import annotations

from typing import Annotated

import typer

from themes.cli import _change

app = typer.Typer(
    help="Show and check codebooks; bring a study from one version to the next.",
    no_args_is_help=True,
)
app.command()(_change.diff)
app.command()(_change.migrate)

Name = Annotated[
    str, typer.Argument(metavar="NAME|FILE", help="A shipped codebook or a TOML file.")
]


@app.command()
def show(name: Name = "help-seeking") -> None:
    """Print a codebook as coders read it."""
    from themes.codebooks import load

    book = load(name)
    print(f"{book.name} ({book.id} {book.version})")
    if book.description:
        print(book.description)
    depth: dict[str | None, int] = {None: -1}
    for code in book.codes:
        depth[code.id] = depth[code.parent] + 1
        indent = "  " * depth[code.id]
        print(f"\n{indent}{code.id}: {code.name}" + ("" if code.codable else " (heading)"))
        for word, text in (
            ("", code.definition),
            ("counts: ", code.include),
            ("does not: ", code.exclude),
            *(("for example: ", example) for example in code.examples),
        ):
            if text:
                print(f"{indent}  {word}{text}")


@app.command()
def check(name: Name) -> None:
    """Say whether a codebook can be used, and what would make it better."""
    from themes.codebooks import fingerprint, load

    book = load(name)
    print(
        f"{book.id} {book.version}: {len(book.codable)} codes can be given, "
        f"{len(book.codes) - len(book.codable)} headings, sha256 {fingerprint(book)[:16]}"
    )
    for code in book.codable:
        if not code.definition:
            print(f"{code.id}: has no definition; suggestions rest on its name and examples alone")
        if len(code.examples) < 3:
            print(
                f"{code.id}: has {len(code.examples)} examples; three or more help the suggestions"
            )
