"""Charts as inline SVG and HTML: drawn for reading, in dark and light, on paper too.

Nothing is told by colour alone. Colours are the page's own, by class.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from markupsafe import Markup, escape

from themes.exporters.refi.project import writable
from themes.stages.audit.block import Chart, Dots, Estimate, Grid, Lines

_WIDTH = 880
_LABELS = 320  # the gutter for labels
_ROW = 24
_TOP, _BOTTOM = 26, 34
_FIGURES = 130  # the gutter for figures on the right
_LOWEST = -0.4  # limits below are cut, with an arrow
_LABEL_CHARS = 41
_SHADES = 5


def draw(chart: Chart) -> Markup:
    """The chart with its title, as a figure.

    >>> draw(Dots("One", (Estimate("a", 0.5, 0.25, 0.75),)))[:7]
    Markup('<figure')
    """
    body = {Dots: _dots, Grid: _grid, Lines: _lines}[type(chart)](chart)
    caption = Markup("<figcaption>{}</figcaption>").format(chart.title)
    return Markup(writable(Markup('<figure class="chart">{}{}</figure>').format(caption, body)))


def _dots(chart: Dots) -> Markup:
    values = [v for row in chart.rows for v in (row.value, row.low, row.high) if v is not None]
    low = max(min([0.0, *values]), _LOWEST)
    low, high = (np.floor(low * 5) / 5 if low < 0 else 0.0), max(1.0, *values, 1.0)
    height = _TOP + _ROW * len(chart.rows) + _BOTTOM
    right = _WIDTH - _FIGURES

    def x(value: float) -> float:
        return round(_LABELS + (right - _LABELS) * (value - low) / (high - low), 1)

    parts = [_ticks(np.arange(low, high + 1e-9, 0.2), x, height)]
    for bound in chart.bounds:
        parts.append(
            Markup(
                '<line class="bound" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>'
                '<text class="tick" x="{0}" y="{3}" text-anchor="middle">{4}</text>'
            ).format(
                x(bound),
                _TOP - 6,
                height - _BOTTOM,
                _TOP - 11,
                {0.667: ".667", 0.8: ".80"}.get(bound, f"{bound:g}"),
            )
        )
    for number, row in enumerate(chart.rows):
        parts.append(_estimate(row, _TOP + _ROW * (number + 0.5), x, low))
    said = Markup('<text class="tick" x="{}" y="{}">{}</text>').format(
        _LABELS, height - 4, chart.axis
    )
    return _svg(chart.title, height, [*parts, said])


def _estimate(row: Estimate, y: float, x, low: float) -> Markup:
    label = Markup('<text x="{}" y="{}" text-anchor="end">{}<title>{}</title></text>').format(
        _LABELS - 12, y + 4, _short(row.label), row.label
    )
    right = _WIDTH - _FIGURES + 12
    if row.value is None:
        return label + Markup('<text class="tick" x="{}" y="{}">{}</text>').format(
            x(low) + 6, y + 4, _short(row.note or "undefined", 60)
        )
    parts = [label]
    at = max(row.value, low)
    figure = f"{row.value:.2f}"
    if row.low is not None and row.high is not None:
        parts.append(
            Markup('<line class="range" x1="{}" x2="{}" y1="{y}" y2="{y}"/>').format(
                x(max(row.low, low)), x(max(row.high, low)), y=y
            )
        )
        ends = (row.low, row.high)
        if row.low < low:
            parts.append(Markup('<path class="dot" d="M{} {}l8 -4v8z"/>').format(x(low) - 4, y))
            ends = (None, row.high)
        for end in ends:
            if end is not None:
                parts.append(
                    Markup('<line class="range" x1="{x}" x2="{x}" y1="{}" y2="{}"/>').format(
                        y - 4, y + 4, x=x(end)
                    )
                )
        figure += f"  ({row.low:.2f}, {row.high:.2f})"
    parts.append(Markup('<circle class="dot" cx="{}" cy="{}" r="4.5"/>').format(x(at), y))
    parts.append(
        Markup('<text class="figure" x="{}" y="{}">{}</text>').format(right, y + 4, figure)
    )
    return Markup("").join(parts)


def _lines(chart: Lines) -> Markup:
    values = [v for _, line in chart.lines for v in line if not np.isnan(v)]
    if not values:
        return Markup("<p class=none>Nothing to draw.</p>")
    low, high = min(0.0, *values), max(values)
    high = high if high > low else low + 1
    height, left, right, bottom = 270, 60, _WIDTH - 150, 225
    n = max(len(chart.points) - 1, 1)

    def x(number: int) -> float:
        return round(left + (right - left) * number / n, 1)

    def y(value: float) -> float:
        return round(bottom - (bottom - 20) * (value - low) / (high - low), 1)

    parts = []
    for value in np.linspace(low, high, 5):
        parts.append(
            Markup(
                '<line class="rule" x1="{}" x2="{}" y1="{y}" y2="{y}"/>'
                '<text class="tick" x="{}" y="{}" text-anchor="end">{}</text>'
            ).format(left, right, left - 8, y(value) + 4, f"{value:.3g}", y=y(value))
        )
    every = max(1, -(-len(chart.points) // 14))
    for number, point in enumerate(chart.points):
        if number % every == 0:
            parts.append(
                Markup('<text class="tick" x="{}" y="{}" text-anchor="middle">{}</text>').format(
                    x(number), bottom + 18, _short(point, 10)
                )
            )
    ends = []
    for number, (label, line) in enumerate(chart.lines):
        for run in _runs(line):
            points = " ".join(f"{x(at)},{y(line[at])}" for at in run)
            parts.append(
                Markup('<polyline class="line l{}" points="{}"/>').format(number % 4, points)
            )
        known = [at for at, value in enumerate(line) if not np.isnan(value)]
        if known:
            ends.append((y(line[known[-1]]), label, x(known[-1])))
    placed = -99.0
    for at, label, end in sorted(ends):
        placed = max(at, placed + 16)  # labels never lie on each other
        parts.append(
            Markup('<text x="{}" y="{}">{}</text>').format(end + 8, placed + 4, _short(label, 20))
        )
    said = Markup('<text class="tick" x="{}" y="{}">{}</text>').format(
        left, height - 8, chart.across
    )
    axis = Markup('<text class="tick" x="4" y="12">{}</text>').format(chart.axis)
    return _svg(chart.title, height, [*parts, said, axis])


def _runs(line: Sequence[float]) -> Iterator[list[int]]:
    run: list[int] = []
    for at, value in enumerate(line):
        if np.isnan(value):
            if run:
                yield run
            run = []
        else:
            run.append(at)
    if run:
        yield run


def _grid(chart: Grid) -> Markup:
    """A table of shaded numbers: the diagonal, if there is one, has a scale of its own."""
    square = chart.rows == chart.columns
    off = ~np.eye(*chart.cells.shape, dtype=bool) if square else np.ones(chart.cells.shape, bool)
    top = chart.top or float(np.nanmax(np.where(off, chart.cells, np.nan), initial=0.0)) or 1.0
    head = Markup("").join(
        Markup('<th scope="col" class="upright"><bdi>{}</bdi></th>').format(c)
        for c in chart.columns
    )
    rows = []
    for name, cells, outside in zip(chart.rows, chart.cells, off, strict=True):
        made = []
        for value, counted in zip(cells, outside, strict=True):
            if np.isnan(value):
                made.append(Markup('<td class="own"></td>'))
                continue
            level = min(_SHADES, max(0, int(np.ceil(_SHADES * value / top - 1e-9))))
            shade = f"h{level}" if counted and value > 0 else "h0" if counted else "own"
            nil = value == 0
            text = "0" if nil else f"{value:.{chart.decimals}f}"
            if not nil and float(text) == 0:
                text = "<1" if chart.decimals == 0 else text
            inner = Markup('<span class="nil">{}</span>').format(text) if nil else escape(text)
            made.append(Markup('<td class="{}">{}</td>').format(shade, inner))
        rows.append(
            Markup('<tr><th scope="row"><bdi>{}</bdi></th>{}</tr>').format(
                name, Markup("").join(made)
            )
        )
    return Markup(
        '<div class="scroll" tabindex="0" role="region" aria-label="{}"><table class="heat">'
        "<thead><tr><th></th>{}</tr></thead><tbody>{}</tbody></table></div>"
    ).format(chart.title, head, Markup("").join(rows))


def _ticks(values: np.ndarray, x, height: int) -> Markup:
    return Markup("").join(
        Markup(
            '<line class="rule" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>'
            '<text class="tick" x="{0}" y="{3}" text-anchor="middle">{4}</text>'
        ).format(x(v), _TOP - 4, height - _BOTTOM, height - _BOTTOM + 15, f"{abs(v) and v:.1f}")
        for v in values.round(6)
    )


def _svg(title: str, height: float, parts: Sequence[Markup]) -> Markup:
    return Markup('<svg viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        _WIDTH, height, title, Markup("").join(parts)
    )


def _short(text: str, n_chars: int = _LABEL_CHARS) -> str:
    return text if len(text) <= n_chars else text[: n_chars - 1].rstrip() + "…"
