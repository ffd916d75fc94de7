"""ThemeClassifier as scikit-learn's users use it."""

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import GridSearchCV

from themes import ThemeClassifier

HOME = ["I rang my mother", "My sister heard it all", "I told my boyfriend at dinner"]
AWAY = ["He was in theatre all day", "Nobody picked up the phone", "She had three clinics at once"]
TEXTS = [
    f"{text}, {when}." for when in ("on Monday", "that night", "again") for text in HOME + AWAY
]
SINGLE = ["home", "home", "home", "away", "away", "away"] * 3
GROUPS = ["a"] * 6 + ["b"] * 6 + ["c"] * 6


@pytest.fixture(scope="module")
def fitted():
    return ThemeClassifier(tuned=False).fit(TEXTS, SINGLE, GROUPS)


def test_single_labels_come_back_as_labels(fitted):
    assert fitted.predict(TEXTS).tolist() == SINGLE


def test_probabilities_and_predictions_never_disagree(fitted):
    scores = fitted.predict_proba(["My brother listened.", "The lift was broken."])
    np.testing.assert_allclose(scores.sum(1), 1)
    best = fitted.classes_[scores.argmax(1)]
    assert (fitted.predict(["My brother listened.", "The lift was broken."]) == best).all()


def test_several_codes_come_back_as_they_were_given():
    lists = [[c] if n % 5 else [] for n, c in enumerate(SINGLE)]
    many = ThemeClassifier(tuned=False).fit(TEXTS, lists, GROUPS)
    assert all(isinstance(row, list) for row in many.predict(TEXTS[:2]))
    matrix = np.asarray([["home" in row, "away" in row] for row in lists], int)
    indicator = ThemeClassifier(tuned=False).fit(TEXTS, matrix, GROUPS)
    assert indicator.predict(TEXTS).shape == (18, 2)
    above = indicator.predict_proba(TEXTS) >= indicator.lines_
    assert (indicator.predict(TEXTS) == above).all()


def test_a_frame_may_hold_what_was_said_before():
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"text": TEXTS, "context": "And then?"})
    assert ThemeClassifier(tuned=False).fit(frame, SINGLE, GROUPS).predict(frame).shape == (18,)
    with pytest.raises(ValueError, match='no column "text"'):
        ThemeClassifier().fit(frame.rename(columns={"text": "words"}), SINGLE)


def test_it_is_cloned_and_searched():
    assert clone(ThemeClassifier(tuned=False, n_epochs=3)).get_params() == {
        "tuned": False,
        "n_epochs": 3,
        "random_state": ThemeClassifier().random_state,
    }
    search = GridSearchCV(ThemeClassifier(), {"tuned": [False]}, cv=2, error_score="raise")
    assert search.fit(np.asarray(TEXTS), np.asarray(SINGLE)).best_params_ == {"tuned": False}


def test_what_cannot_be_learned_is_said():
    with pytest.raises(ValueError, match="one class only"):
        ThemeClassifier().fit(TEXTS, ["home"] * 18)
    with pytest.raises(ValueError, match="18 texts, but 2 rows"):
        ThemeClassifier().fit(TEXTS, ["home", "away"])
    with pytest.raises(NotFittedError):
        ThemeClassifier().predict(TEXTS)
