"""Runs a Pathwise job every working day with the date of its data interval.

Needs the provider apache-airflow-providers-apache-spark and a connection `spark_default`. A retry is the same
command: it goes on where the run stopped (docs/checkpoints.md), and a run that is done gives the same numbers.
"""

from datetime import datetime, timedelta

from airflow import DAG
from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator

HOME = "/opt/pathwise"
JOB = "/etc/pathwise/nightly.conf"

with DAG(
    dag_id="pathwise_nightly",
    description="Prices the book under Heston and writes the result tables.",
    schedule="30 20 * * 1-5",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,
    tags=["pathwise", "risk"],
) as dag:
    SparkSubmitOperator(
        task_id="price",
        conn_id="spark_default",
        name="pathwise-nightly",
        java_class="io.pathwise.spark.Main",
        application=f"{HOME}/ours/pathwise.jar",
        application_args=["run", JOB, "--as-of", "{{ data_interval_end | ds }}"],
        properties_file=f"{HOME}/conf/spark-defaults.conf",
        conf={
            "spark.driver.extraClassPath": f"{HOME}/conf:{HOME}/ours/*:{HOME}/libraries/*",
            "spark.executor.extraClassPath": f"{HOME}/conf:{HOME}/ours/*:{HOME}/libraries/*",
        },
        retries=3,
        retry_delay=timedelta(minutes=1),
        retry_exponential_backoff=True,
        execution_timeout=timedelta(hours=6),
    )
