"""Type checkers see what there is: the stubs agree with the module, and an example with the types."""

import importlib.util
import os
import pathlib
import re
import subprocess
import sys

import pytest

if importlib.util.find_spec("mypy") is None:
    pytest.skip("needs mypy", allow_module_level=True)

HERE = pathlib.Path(__file__).resolve().parent


def mypy(tmp_path, *arguments, module="mypy"):
    command = [sys.executable, "-m", module, *arguments]
    # From elsewhere, so that the package is found as users find it: installed, with its `py.typed`.
    environment = {**os.environ, "MYPY_CACHE_DIR": str(tmp_path / "cache"), "MYPYPATH": str(HERE.parent)}
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env=environment)
    return done.returncode, done.stdout + done.stderr


def test_an_example_passes_and_its_mistakes_do_not(tmp_path):
    example = HERE / "typed.py"
    # pyarrow has no types.
    _, said = mypy(tmp_path, "--strict", "--no-error-summary", "--ignore-missing-imports", "--python-version", "3.10", str(example))
    want = [n for n, line in enumerate(example.read_text("utf-8").splitlines(), 1) if line.endswith("# error")]
    assert [int(n) for n in re.findall(r"typed\.py:(\d+): error", said)] == want, said


def test_the_package_is_typed_throughout(tmp_path):
    status, said = mypy(tmp_path, "--strict", "--ignore-missing-imports", "--python-version", "3.10", "-p", "solieu")
    assert status == 0, said


def test_the_stub_is_that_of_the_module(tmp_path):
    status, said = mypy(tmp_path, "solieu._solieu", module="mypy.stubtest")
    assert status == 0, said
