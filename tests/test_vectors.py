"""Vectors on disk: known ones come back, broken files do no harm, no text is kept."""

import numpy as np

from themes.vectors import Vectors, key


def test_what_was_added_is_found_again_by_another_run(tmp_path):
    rows = np.eye(3, dtype=np.float32)
    Vectors(tmp_path, "encoder:1").add({key("Why?", "Because."): rows})
    again = Vectors(tmp_path, "encoder:1")
    (found,) = again.find([key("Why?", "Because."), key("Why?", "No.")]).values()
    np.testing.assert_array_equal(found, rows)


def test_another_encoder_knows_nothing(tmp_path):
    Vectors(tmp_path, "encoder:1").add({key("a"): np.eye(2, dtype=np.float32)})
    assert Vectors(tmp_path, "encoder:2").find([key("a")]) == {}


def test_a_broken_file_is_passed_over(tmp_path):
    Vectors(tmp_path, "encoder:1").add({key("a"): np.eye(2, dtype=np.float32)})
    (path,) = tmp_path.rglob("*.safetensors")
    path.write_bytes(path.read_bytes()[:9])
    assert Vectors(tmp_path, "encoder:1").find([key("a")]) == {}


def test_no_text_is_kept(tmp_path):
    Vectors(tmp_path, "encoder:1").add({key("Nerys came."): np.eye(2, dtype=np.float32)})
    assert not any(b"Nerys" in path.read_bytes() for path in tmp_path.rglob("*.*"))
