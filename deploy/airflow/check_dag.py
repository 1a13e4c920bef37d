"""Imports the DAG against stand-ins for Airflow and checks what it would submit. No Airflow is needed."""

import pathlib
import runpy
import sys
import types

made = []


class Dag:
    def __init__(self, **settings):
        self.settings = settings
        made.append(self)

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        return False


class Operator:
    def __init__(self, **settings):
        self.settings = settings
        made.append(self)


def stand_in(name, **members):
    module = types.ModuleType(name)
    vars(module).update(members)
    sys.modules[name] = module


stand_in("airflow", DAG=Dag)
for package in ("airflow.providers", "airflow.providers.apache", "airflow.providers.apache.spark",
                "airflow.providers.apache.spark.operators"):
    stand_in(package)
stand_in("airflow.providers.apache.spark.operators.spark_submit", SparkSubmitOperator=Operator)

runpy.run_path(str(pathlib.Path(__file__).with_name("pathwise_dag.py")))
dag, task = made
assert dag.settings["max_active_runs"] == 1, dag.settings
assert task.settings["java_class"] == "io.pathwise.spark.Main", task.settings
assert task.settings["application_args"][0] == "run", task.settings
assert "{{ data_interval_end | ds }}" in task.settings["application_args"], task.settings
assert task.settings["retries"] > 0, task.settings
assert not any("--no-resume" in argument for argument in task.settings["application_args"]), task.settings
