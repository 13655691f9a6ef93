"""The library and the suites stay within the bytes that config/sizes.json allows."""

import json
import os
import subprocess
from pathlib import Path

import pytest
from objects import loaded_bytes

ROOT = Path(__file__).resolve().parents[2]
SUITES = Path(os.environ["SUITES"])
LIBRARY = Path(os.environ["LIBRARY"])
BOUNDS = json.loads((ROOT / "config" / "sizes.json").read_text())["targets"]
FILES = {"libpulse": LIBRARY, **{f"suites/{path.name}": path for path in SUITES.iterdir()}}


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_binary_is_not_larger_than_its_target(name):
    assert name in BOUNDS, "give it a target in config/sizes.json"
    assert loaded_bytes(FILES[name]) <= BOUNDS[name]["max_loaded_bytes"]


def test_every_target_is_of_a_binary_that_exists():
    needed = {name for name, bound in BOUNDS.items() if not bound.get("optional")}
    assert sorted(needed - FILES.keys()) == []


def test_what_is_loaded_is_what_is_counted(tmp_path):
    def built(name, declaration):
        source, binary = tmp_path / f"{name}.c", tmp_path / f"{name}.o"
        source.write_text(declaration)
        subprocess.run(["cc", "-c", source, "-o", binary], check=True)
        return loaded_bytes(binary)

    empty = built("empty", "char kept = 1;\n")
    assert built("larger", "char kept = 1; char more[10000] = {1};\n") - empty >= 10000
