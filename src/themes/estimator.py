"""The classifier as scikit-learn knows it: text in, codes out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.validation import check_is_fitted

from themes import registry
from themes.records import Code, Codebook, Passage
from themes.resources import folder
from themes.stages.open_model import DEFAULT_ENCODER
from themes.stages.save_model import examine
from themes.stages.threshold import give
from themes.stages.train import read, train
from themes.stages.tune import Recipe


class ThemeClassifier(ClassifierMixin, BaseEstimator):
    """Codes for text, as a multi-label or single-label estimator of scikit-learn.

    `X` is a sequence of texts, or a pandas DataFrame with a column "text" and, where there is one,
    "context" (what was said just before). `y` is an indicator array (n, n_codes), a sequence of
    lists of codes, or a sequence of single labels. `groups` names the transcript of each text:
    texts of one transcript are never both learned from and used for calibration. With
    `tuned=False` the encoder stays as it is, which takes seconds instead of minutes.

    After `fit`: `classes_` in the order of the columns, `figures_` as measured on transcripts not
    seen, `lines_` from which `predict` gives each code.

    >>> from themes import ThemeClassifier
    >>> texts = ["I rang my mother.", "He never picks up.", "I told my sister.", "She was in theatre."]
    >>> found = ThemeClassifier(tuned=False).fit(texts, ["home", "access", "home", "access"])
    >>> found.predict(["My brother heard it all."]).shape
    (1,)
    """

    def __init__(
        self, tuned: bool = True, n_epochs: int = Recipe.n_epochs, random_state: int = Recipe.seed
    ) -> None:
        self.tuned = tuned
        self.n_epochs = n_epochs
        self.random_state = random_state

    def fit(self, X: Any, y: Any, groups: Sequence[Any] | None = None) -> ThemeClassifier:
        """Learn; raises ValueError where lengths differ or there is nothing to tell apart."""
        contexts, texts = _columns(X)
        self.classes_, labels, self._kind = _labels(y)
        if len(labels) != len(texts):
            raise ValueError(f"{len(texts)} texts, but {len(labels)} rows of labels")
        if len(self.classes_) < 1 + (self._kind == "single"):
            raise ValueError("one class only: there is nothing to tell apart")
        names = [str(row) for row in range(len(texts))] if groups is None else map(str, groups)
        passages = [
            Passage(context, text, tuple(row), (), group)
            for context, text, row, group in zip(
                contexts, texts, labels.tolist(), names, strict=True
            )
        ]
        book = Codebook(
            "classes", "1", tuple(Code(f"c{n}", str(c) or "-") for n, c in enumerate(self.classes_))
        )
        recipe = Recipe(n_epochs=self.n_epochs, seed=self.random_state) if self.tuned else None
        place = folder("models") / DEFAULT_ENCODER
        trained = train(passages, book, place, recipe)
        tested = examine(trained.unseen, passages, self._kind == "single")
        self._encoder = registry.load("encoders", "onnx")(place, trained.state)
        self._classifier = trained.classifier
        self.lines_, self.figures_ = tested.lines, tested.figures
        return self

    def predict_proba(self, X: Any) -> np.ndarray:
        """float64 (n, n_codes), columns as `classes_`: of each code, or of one among them."""
        check_is_fitted(self)
        contexts, texts = _columns(X)
        passages = [Passage(c, t, ()) for c, t in zip(contexts, texts, strict=True)]
        scores = self._classifier.score(*read(passages, self._encoder))
        if self._kind == "single" and len(scores):
            scores = scores / scores.sum(axis=1, keepdims=True)
        return scores

    def predict(self, X: Any) -> Any:
        """In the form that `y` had: an indicator array, lists of codes, or labels."""
        scores = self.predict_proba(X)
        given = give(scores, self.lines_, self._kind == "single")
        if self._kind == "single":
            return self.classes_[given.argmax(axis=1)]
        if self._kind == "lists":
            return [[str(c) for c in self.classes_[row]] for row in given]
        return given.astype(int)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        tags.classifier_tags.multi_label = True
        return tags


def _columns(X: Any) -> tuple[list[str], list[str]]:
    """Contexts and texts."""
    if hasattr(X, "columns"):
        if "text" not in X.columns:
            raise ValueError(f'no column "text"; the columns are {", ".join(map(str, X.columns))}')
        contexts = X["context"] if "context" in X.columns else [""] * len(X)
        return [str(c) for c in contexts], [str(t) for t in X["text"]]
    texts = list(np.asarray(X, dtype=object).ravel()) if not isinstance(X, str) else [X]
    if not all(isinstance(text, str) for text in texts):
        raise ValueError("texts are needed, one a row")
    return [""] * len(texts), texts


def _labels(y: Any) -> tuple[np.ndarray, np.ndarray, str]:
    """Classes, labels int8 (n, n_codes), and the form: "indicator", "lists" or "single"."""
    if hasattr(y, "columns"):
        return np.asarray(y.columns), np.asarray(y, np.int8), "indicator"
    rows = list(y)
    if rows and isinstance(rows[0], np.ndarray):
        labels = np.asarray(rows, np.int8)
        return np.arange(labels.shape[1]), labels, "indicator"
    if rows and isinstance(rows[0], Iterable) and not isinstance(rows[0], str):
        return *_indicator(rows), "lists"
    return *_indicator([[label] for label in rows]), "single"


def _indicator(rows: Sequence[Iterable[Any]]) -> tuple[np.ndarray, np.ndarray]:
    classes = sorted({label for row in rows for label in row})
    place = {label: number for number, label in enumerate(classes)}
    labels = np.zeros((len(rows), len(classes)), np.int8)
    for number, row in enumerate(rows):
        labels[number, [place[label] for label in row]] = 1
    return np.asarray(classes), labels
