"""Names and versions that people rely on."""

from pathlib import Path

import pytest

import themes
from themes import errors, registry
from themes.errors import ConfigError, ThemesError

ROOT = Path(__file__).parents[1]


def test_the_public_names_are_these():
    assert themes.__all__ == ["ThemeClassifier", "__version__", "audit"]
    assert all(hasattr(themes, name) for name in themes.__all__)


def test_every_error_is_drawn_in_the_tree():
    kinds = [
        value
        for name, value in vars(errors).items()
        if isinstance(value, type) and issubclass(value, ThemesError) and not name.startswith("_")
    ]
    for kind in kinds:
        assert kind.__name__ in errors.__doc__


def test_every_member_is_the_class_its_file_names():
    for family in registry.FAMILIES:
        for name in registry.names(family):
            assert isinstance(registry.load(family, name), type)


def test_an_unknown_member_lists_the_known_ones():
    with pytest.raises(ConfigError, match="sentence, turn, window"):
        registry.load("segmenters", "page")


def test_no_file_is_over_four_hundred_lines():
    long = {
        str(path.relative_to(ROOT)): n
        for folder in ("src", "scripts")
        for path in (ROOT / folder).rglob("*.py")
        if (n := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}
