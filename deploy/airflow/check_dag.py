"""Imports the DAG against stand-ins for Airflow, and checks what it would run and what it does with exit codes.

No Airflow is needed.
"""

import pathlib
import runpy
import subprocess
import sys
import types

DAG_FILE = str(pathlib.Path(__file__).with_name("pathwise_dag.py"))


class FailException(Exception):
    """Stands in for AirflowFailException, which fails a task without retries."""


class Dag:
    """Stands in for a DAG."""

    made = []

    def __init__(self, **settings):
        self.settings = settings
        Dag.made.append(self)

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        return False


class Task:
    """Stands in for a task of the DAG."""

    made = {}

    def __init__(self, function, settings, arguments):
        self.function, self.settings, self.arguments = function, settings, arguments
        self.after = []
        Task.made[function.__name__] = self

    def __rshift__(self, other):
        other.after.append(self.function.__name__)
        return other

    def run(self, code):
        """Runs the task where Pathwise would end with an exit code: the command, and what the task raises."""
        commands = []

        def stand_in_run(command, **_):
            commands.append(command)
            return types.SimpleNamespace(returncode=code)

        real, subprocess.run = subprocess.run, stand_in_run
        try:
            self.function(*("2026-01-02" for _ in self.arguments))
            return commands, None
        except Exception as error:  # pylint: disable=broad-except
            return commands, error
        finally:
            subprocess.run = real


def task(**settings):
    return lambda function: lambda *arguments: Task(function, settings, arguments)


def stand_in(name, **members):
    module = types.ModuleType(name)
    vars(module).update(members)
    sys.modules[name] = module


stand_in("airflow", DAG=Dag)
stand_in("airflow.decorators", task=task)
stand_in("airflow.exceptions", AirflowFailException=FailException)
runpy.run_path(DAG_FILE)

(dag,) = Dag.made
assert dag.settings["max_active_runs"] == 1, dag.settings
assert set(Task.made) == {"calibrate", "price", "look"}, Task.made

for name, job in (("calibrate", "calibrate.conf"), ("price", "nightly.conf")):
    made = Task.made[name]
    assert made.arguments == ("{{ data_interval_end | ds }}",), made.arguments
    assert made.settings["retries"] > 0, made.settings
    commands, error = made.run(0)
    assert error is None, error
    assert commands == [["/opt/pathwise/bin/pathwise", "run", f"/etc/pathwise/{job}", "--as-of", "2026-01-02"]], commands
    for code in (2, 3):
        assert isinstance(made.run(code)[1], FailException), f"{name}: exit code {code} is tried again"
    for code in (1, 137, -9):
        error = made.run(code)[1]
        assert error is not None and not isinstance(error, FailException), f"{name}: exit code {code} is not tried again"

price, look = Task.made["price"], Task.made["look"]
assert price.after == ["calibrate"] and price.settings["trigger_rule"] == "all_done", "a held fit keeps pricing waiting"
assert look.after == ["calibrate"] and look.settings["trigger_rule"] == "one_failed", "a held fit is not seen"
assert isinstance(look.run(0)[1], FailException), "a held fit is not seen"
