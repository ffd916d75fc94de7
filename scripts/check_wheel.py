"""Build the wheel, install it in an empty environment, and use it there.

    python scripts/check_wheel.py

What is tested is what is shipped: the default model and the codebooks must be inside.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]


def call(*words: object, cwd: Path | None = None) -> str:
    done = subprocess.run([str(w) for w in words], cwd=cwd, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, words))}\n{done.stdout}{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        call(sys.executable, "-m", "pip", "wheel", "--no-deps", "-q", "-w", folder, ROOT)
        wheel = next(folder.glob("*.whl"))
        with zipfile.ZipFile(wheel) as archive:
            members = archive.namelist()
        print(f"{wheel.name}: {wheel.stat().st_size / 1e6:.1f} MB, {len(members)} files")
        call(sys.executable, "-m", "venv", folder / "env")
        pip = folder / "env/bin/pip"
        pins = ["-c", ROOT / "constraints.txt"]
        call(pip, "install", "-q", *pins, "torch")
        call(pip, "install", "-q", *pins, wheel)
        themes = folder / "env/bin/themes"
        # Elsewhere, so that nothing of the source checkout can be found by chance.
        print(call(themes, "doctor", cwd=folder))
        out = folder / "out"
        print(call(themes, "run", ROOT / "corpora/tiny", "--out", out, cwd=folder))
        print("\n".join(sorted(path.name for path in out.iterdir())))
