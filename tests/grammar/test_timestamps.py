"""Times as they are written."""

from __future__ import annotations

import pytest

from themes.grammar.timestamps import leading_times, parse_seconds, trailing_time


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("00:12:33", 753.0),
        ("12:33", 753.0),
        ("1:02:33", 3753.0),
        ("(00:20:12)", 1212.0),
        ("#00:03:22-0#", 202.0),
        ("#00:03:22-7#", 202.7),
        ("#01:02:03.4#", 3723.4),
        ("0:00:06.31", 6.31),
        ("0:00:07.94", 7.94),
        ("00:00:12,080", 12.08),
        ("00:01:00:12", 60.0),
        ("75:10", 4510.0),
        ("3.480", 3.48),
        ("0", 0.0),
    ],
)
def test_parse(written: str, seconds: float) -> None:
    assert parse_seconds(written) == seconds


@pytest.mark.parametrize("written", ["", "so", "12:3", "1:2:3:4:5", "-5", "12:30 hrs", "::"])
def test_no_time(written: str) -> None:
    with pytest.raises(ValueError, match="not a time"):
        parse_seconds(written)


def test_leading() -> None:
    assert leading_times("00:03:40.5Zack: b") == (220.5, None, "Zack: b")
    assert leading_times("[00:01 - 00:04] b") == (1.0, 4.0, "b")
    assert leading_times("0.5 percent") == (None, None, "0.5 percent")


def test_trailing() -> None:
    assert trailing_time("a" * 100 + "  [00:12:33] ") == (753.0, "a" * 100)
    assert trailing_time("[00:12:33]") == (None, "[00:12:33]")
    assert trailing_time("we left at 12:30") == (None, "we left at 12:30")
    assert trailing_time("[inaudible 00:15:05]") == (None, "[inaudible 00:15:05]")
