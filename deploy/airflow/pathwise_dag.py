"""Calibrates the model every working day and then prices the book, each by one command with the date of the interval.

A worker needs Java and Pathwise under HOME; a cluster is named by `spark.master` in a job file or in
conf/spark-defaults.conf. No provider is needed. Exit codes decide what comes next:

- 1, the run failed: the same command again goes on where it stopped (docs/checkpoints.md), three times at most.
- 2, wrong input, and 3, a fit that its guards hold back: no retry makes them better. The task fails at once and is
  left to a person, who mends the input, or runs `pathwise publish RUN` (docs/calibration.md).

Pricing goes on whatever became of the fit: the newest published one stands in the tables. `look` is there so that
the day is red all the same when a fit failed or is held.
"""

import subprocess
from datetime import datetime, timedelta

try:
    from airflow.sdk import DAG, task
except ImportError:  # before Airflow 3
    from airflow import DAG
    from airflow.decorators import task

from airflow.exceptions import AirflowFailException

HOME = "/opt/pathwise"
JOBS = "/etc/pathwise"
AS_OF = "{{ data_interval_end | ds }}"

# What the exit codes mean that no retry makes better.
FINAL = {2: "wrong input", 3: "the fit is held back by its guards"}

RETRIES = {
    "retries": 3,
    "retry_delay": timedelta(minutes=1),
    "retry_exponential_backoff": True,
    "execution_timeout": timedelta(hours=6),
}


def pathwise(job, as_of):
    """Runs a job; its output is the task's log."""
    command = [f"{HOME}/bin/pathwise", "run", f"{JOBS}/{job}", "--as-of", as_of]
    code = subprocess.run(command, check=False).returncode
    if code in FINAL:
        raise AirflowFailException(f"exit code {code}: {FINAL[code]}; the reasons stand above")
    if code != 0:
        raise RuntimeError(f"exit code {code}")


with DAG(
    dag_id="pathwise_nightly",
    description="Calibrates Heston, prices the book and writes the result tables.",
    schedule="30 20 * * 1-5",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,
    tags=["pathwise", "risk"],
) as dag:

    @task(**RETRIES)
    def calibrate(as_of):
        """Fits the model to the quotes of the day."""
        pathwise("calibrate.conf", as_of)

    @task(**RETRIES, trigger_rule="all_done")
    def price(as_of):
        """Prices the book, also where today's fit is held."""
        pathwise("nightly.conf", as_of)

    @task(retries=0, trigger_rule="one_failed")
    def look():
        """Fails the day where the fit did: the last tasks alone decide its colour."""
        raise AirflowFailException("no fit was published for this day: see the task calibrate")

    fit = calibrate(AS_OF)
    fit >> price(AS_OF)
    fit >> look()
