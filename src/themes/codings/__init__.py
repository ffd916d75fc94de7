"""Who gave what to which segment, as the arrays that coefficients and blocks compute on."""

from themes.codings.arrays import Codings
from themes.codings.spans import Spans

__all__ = ["Codings", "Spans"]
