"""What importing the package costs, and that its public names are there."""

import subprocess
import sys

import payoffs


def test_every_public_name_can_be_loaded():
    assert {name for name in payoffs.__all__ if getattr(payoffs, name, None) is None} == set()
    assert set(payoffs.__all__) <= set(dir(payoffs))
    assert set(payoffs.__all__) == set(payoffs._HOME_OF)


def test_importing_and_evaluating_does_not_import_sympy():
    code = """
import sys, payoffs
assert "pydantic" not in sys.modules and "numpy" not in sys.modules
page = payoffs.parse_page('''
[game]
id = "g"
[[parties]]
id = "a"
strategies = [{id = "x"}, {id = "y"}]
[cells]
"0" = ["1"]
"1" = ["2"]
''')
print(payoffs.load_game(page).tensor().tolist(), "sympy" in sys.modules)
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[[1.0, 2.0]] False"
