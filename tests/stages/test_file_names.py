"""What of a file name may stay in outputs."""

import pytest

from themes.stages._file_names import harmless


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("interview-01", "interview-01"),
        ("P12_interview_2", "P12_interview_2"),
        ("Interview 3 2024.docx", "Interview 3 2024.docx"),
        ("en-07", "en-07"),
        ("interview12_de", "interview12_de"),
        ("INT3-R04b", "INT3-R04b"),
        ("Jan1", "transcript"),
        ("Okonkwo", "transcript"),
        ("Bakker-interview", "interview"),
        ("interview Femke Visser.docx", "interview.docx"),
        ("P1-Jansen-Unilever", "P1"),
        ("0612345678", "transcript"),
        ("1984-03-12", "transcript"),
        ("Łukasz Ządło 2.txt", "2.txt"),
    ],
)
def test_what_may_name_somebody_is_left_out(name, shown):
    assert harmless(name, "nl") == shown
