-- The result tables in Spark SQL, generated from io.pathwise.spark.table.ResultTables.
-- Pathwise creates missing tables by itself; run this where it may not.

CREATE NAMESPACE IF NOT EXISTS pathwise.pathwise;

CREATE TABLE IF NOT EXISTS pathwise.pathwise.runs (
  run_id STRING NOT NULL COMMENT 'The run that wrote the row.',
  as_of DATE NOT NULL COMMENT 'The valuation date of the run.',
  portfolio STRING NOT NULL COMMENT 'The portfolio that the run was for.',
  created_at TIMESTAMP NOT NULL COMMENT 'When the row was written (UTC).',
  job STRING NOT NULL COMMENT 'Kind of job: simulate, price, calibrate, risk or train.',
  status STRING NOT NULL COMMENT 'RUNNING, DONE, HELD or FAILED.',
  config_sha256 STRING COMMENT 'SHA-256 of the resolved job file, hexadecimal.',
  config STRING COMMENT 'The resolved job file.',
  code_version STRING COMMENT 'Version of Pathwise that ran.',
  seed BIGINT COMMENT 'Seed of the run\'s noise.',
  paths BIGINT COMMENT 'Number of paths.',
  shards INT COMMENT 'Number of shards that the paths were cut into.',
  backend STRING COMMENT 'What ran the kernels: cpu or gpu.',
  device STRING COMMENT 'Name of the processor or OpenCL device.',
  spark_master STRING COMMENT 'Spark master URL.',
  market_snapshot STRING COMMENT 'Market data that the run read.',
  started_at TIMESTAMP COMMENT 'When the run started (UTC).',
  wall_s DOUBLE COMMENT 'Wall time of the run (seconds).',
  path_steps BIGINT COMMENT 'Paths times time steps simulated.',
  path_steps_per_s DOUBLE COMMENT 'Path-steps simulated per second (1/s).',
  error STRING COMMENT 'Why the run failed or is held; null when neither.',
  progress DOUBLE COMMENT 'Part of the work that is done (1 = all).')
USING iceberg
PARTITIONED BY (as_of)
TBLPROPERTIES (
  'comment' = 'One row a run: what ran, on what, and how it ended.',
  'commit.retry.max-wait-ms' = '1000',
  'commit.retry.min-wait-ms' = '20',
  'commit.retry.num-retries' = '20',
  'format-version' = '2',
  'history.expire.max-ref-age-ms' = '604800000',
  'write.metadata.delete-after-commit.enabled' = 'true',
  'write.metadata.metrics.column.run_id' = 'full',
  'write.metadata.previous-versions-max' = '100');

CREATE TABLE IF NOT EXISTS pathwise.pathwise.npv (
  run_id STRING NOT NULL COMMENT 'The run that wrote the row.',
  as_of DATE NOT NULL COMMENT 'The valuation date of the run.',
  portfolio STRING NOT NULL COMMENT 'The portfolio that the run was for.',
  created_at TIMESTAMP NOT NULL COMMENT 'When the row was written (UTC).',
  trade_id STRING NOT NULL COMMENT 'The trade.',
  currency STRING COMMENT 'ISO 4217 code of the currency of pv; null when not given.',
  pv DOUBLE NOT NULL COMMENT 'Present value of the position (currency).',
  std_err DOUBLE COMMENT 'Standard error of pv (currency).',
  paths BIGINT COMMENT 'Number of paths behind pv.',
  scheme STRING COMMENT 'Numerical scheme.',
  steps INT COMMENT 'Time steps of the simulation.',
  implied_vol DOUBLE COMMENT 'Black-Scholes volatility implied by pv (1 = 100 %).',
  market_implied_vol DOUBLE COMMENT 'Implied volatility quoted with the trade (1 = 100 %).')
USING iceberg
PARTITIONED BY (as_of)
TBLPROPERTIES (
  'comment' = 'One row a trade: its present value, with standard error.',
  'commit.retry.max-wait-ms' = '1000',
  'commit.retry.min-wait-ms' = '20',
  'commit.retry.num-retries' = '20',
  'format-version' = '2',
  'history.expire.max-ref-age-ms' = '604800000',
  'write.metadata.delete-after-commit.enabled' = 'true',
  'write.metadata.metrics.column.run_id' = 'full',
  'write.metadata.previous-versions-max' = '100');

CREATE TABLE IF NOT EXISTS pathwise.pathwise.sensitivity (
  run_id STRING NOT NULL COMMENT 'The run that wrote the row.',
  as_of DATE NOT NULL COMMENT 'The valuation date of the run.',
  portfolio STRING NOT NULL COMMENT 'The portfolio that the run was for.',
  created_at TIMESTAMP NOT NULL COMMENT 'When the row was written (UTC).',
  trade_id STRING NOT NULL COMMENT 'The trade.',
  measure STRING NOT NULL COMMENT 'delta, gamma, vega, d_param and the like.',
  factor STRING NOT NULL COMMENT 'What the derivative is taken in: spot, or a parameter.',
  tenor STRING COMMENT 'Tenor of the factor; null when it has none.',
  strike DOUBLE COMMENT 'Strike of the factor (price); null when it has none.',
  value DOUBLE NOT NULL COMMENT 'The derivative (see unit).',
  std_err DOUBLE COMMENT 'Standard error of value (see unit).',
  unit STRING COMMENT 'Unit of value and std_err.',
  method STRING COMMENT 'adjoint, tangent, bump and the like.')
USING iceberg
PARTITIONED BY (as_of)
TBLPROPERTIES (
  'comment' = 'One row a trade, measure and factor: a derivative of the present value.',
  'commit.retry.max-wait-ms' = '1000',
  'commit.retry.min-wait-ms' = '20',
  'commit.retry.num-retries' = '20',
  'format-version' = '2',
  'history.expire.max-ref-age-ms' = '604800000',
  'write.metadata.delete-after-commit.enabled' = 'true',
  'write.metadata.metrics.column.run_id' = 'full',
  'write.metadata.previous-versions-max' = '100');

CREATE TABLE IF NOT EXISTS pathwise.pathwise.convergence (
  run_id STRING NOT NULL COMMENT 'The run that wrote the row.',
  as_of DATE NOT NULL COMMENT 'The valuation date of the run.',
  portfolio STRING NOT NULL COMMENT 'The portfolio that the run was for.',
  created_at TIMESTAMP NOT NULL COMMENT 'When the row was written (UTC).',
  estimator STRING NOT NULL COMMENT 'What is estimated, such as npv/TRADE.',
  paths BIGINT NOT NULL COMMENT 'Number of paths.',
  dt DOUBLE NOT NULL COMMENT 'Time step (years).',
  value DOUBLE NOT NULL COMMENT 'The estimate (unit of the estimator).',
  std_err DOUBLE COMMENT 'Standard error of value (unit of the estimator).')
USING iceberg
PARTITIONED BY (as_of)
TBLPROPERTIES (
  'comment' = 'One row an estimator, path count and step size: bias and noise apart.',
  'commit.retry.max-wait-ms' = '1000',
  'commit.retry.min-wait-ms' = '20',
  'commit.retry.num-retries' = '20',
  'format-version' = '2',
  'history.expire.max-ref-age-ms' = '604800000',
  'write.metadata.delete-after-commit.enabled' = 'true',
  'write.metadata.metrics.column.run_id' = 'full',
  'write.metadata.previous-versions-max' = '100');

CREATE TABLE IF NOT EXISTS pathwise.pathwise.scenario_pnl (
  run_id STRING NOT NULL COMMENT 'The run that wrote the row.',
  as_of DATE NOT NULL COMMENT 'The valuation date of the run.',
  portfolio STRING NOT NULL COMMENT 'The portfolio that the run was for.',
  created_at TIMESTAMP NOT NULL COMMENT 'When the row was written (UTC).',
  trade_id STRING NOT NULL COMMENT 'The trade.',
  scenario_id STRING NOT NULL COMMENT 'The scenario.',
  pnl DOUBLE NOT NULL COMMENT 'Value under the scenario less the base value (currency).')
USING iceberg
PARTITIONED BY (as_of)
TBLPROPERTIES (
  'comment' = 'One row a trade and scenario: the change of value under the scenario.',
  'commit.retry.max-wait-ms' = '1000',
  'commit.retry.min-wait-ms' = '20',
  'commit.retry.num-retries' = '20',
  'format-version' = '2',
  'history.expire.max-ref-age-ms' = '604800000',
  'write.metadata.delete-after-commit.enabled' = 'true',
  'write.metadata.metrics.column.run_id' = 'full',
  'write.metadata.previous-versions-max' = '100');

CREATE TABLE IF NOT EXISTS pathwise.pathwise.pnl_vector (
  run_id STRING NOT NULL COMMENT 'The run that wrote the row.',
  as_of DATE NOT NULL COMMENT 'The valuation date of the run.',
  portfolio STRING NOT NULL COMMENT 'The portfolio that the run was for.',
  created_at TIMESTAMP NOT NULL COMMENT 'When the row was written (UTC).',
  trade_id STRING NOT NULL COMMENT 'The trade.',
  path BIGINT NOT NULL COMMENT 'Number of the path (counted from 0).',
  horizon_days INT NOT NULL COMMENT 'Risk horizon (days).',
  pnl DOUBLE NOT NULL COMMENT 'Profit and loss over the horizon (currency).')
USING iceberg
PARTITIONED BY (as_of)
TBLPROPERTIES (
  'comment' = 'One row a trade, path and horizon: profit and loss at its finest grain.',
  'commit.retry.max-wait-ms' = '1000',
  'commit.retry.min-wait-ms' = '20',
  'commit.retry.num-retries' = '20',
  'format-version' = '2',
  'history.expire.max-ref-age-ms' = '604800000',
  'write.metadata.delete-after-commit.enabled' = 'true',
  'write.metadata.metrics.column.run_id' = 'full',
  'write.metadata.previous-versions-max' = '100');

CREATE TABLE IF NOT EXISTS pathwise.pathwise.risk (
  run_id STRING NOT NULL COMMENT 'The run that wrote the row.',
  as_of DATE NOT NULL COMMENT 'The valuation date of the run.',
  portfolio STRING NOT NULL COMMENT 'The portfolio that the run was for.',
  created_at TIMESTAMP NOT NULL COMMENT 'When the row was written (UTC).',
  measure STRING NOT NULL COMMENT 'var, es, stressed_var and the like.',
  level DOUBLE NOT NULL COMMENT 'Confidence level (fraction of 1).',
  horizon_days INT NOT NULL COMMENT 'Risk horizon (days).',
  value DOUBLE NOT NULL COMMENT 'The measure; a loss is positive (currency).',
  ci_lo DOUBLE COMMENT 'Lower end of the confidence interval of value (currency).',
  ci_hi DOUBLE COMMENT 'Upper end of the confidence interval of value (currency).')
USING iceberg
PARTITIONED BY (as_of)
TBLPROPERTIES (
  'comment' = 'One row a risk measure, level and horizon, with its confidence interval.',
  'commit.retry.max-wait-ms' = '1000',
  'commit.retry.min-wait-ms' = '20',
  'commit.retry.num-retries' = '20',
  'format-version' = '2',
  'history.expire.max-ref-age-ms' = '604800000',
  'write.metadata.delete-after-commit.enabled' = 'true',
  'write.metadata.metrics.column.run_id' = 'full',
  'write.metadata.previous-versions-max' = '100');

CREATE TABLE IF NOT EXISTS pathwise.pathwise.exposure (
  run_id STRING NOT NULL COMMENT 'The run that wrote the row.',
  as_of DATE NOT NULL COMMENT 'The valuation date of the run.',
  portfolio STRING NOT NULL COMMENT 'The portfolio that the run was for.',
  created_at TIMESTAMP NOT NULL COMMENT 'When the row was written (UTC).',
  netting_set STRING NOT NULL COMMENT 'The netting set.',
  date DATE NOT NULL COMMENT 'The exposure date.',
  t DOUBLE NOT NULL COMMENT 'Time from as_of to date (years).',
  ee DOUBLE COMMENT 'Expected exposure, discounted (currency).',
  epe DOUBLE COMMENT 'Expected positive exposure (currency).',
  ene DOUBLE COMMENT 'Expected negative exposure (currency).',
  pfe_level DOUBLE COMMENT 'Level of the potential future exposure (fraction of 1).',
  pfe DOUBLE COMMENT 'Potential future exposure at pfe_level (currency).',
  std_err DOUBLE COMMENT 'Standard error of epe (currency).')
USING iceberg
PARTITIONED BY (as_of)
TBLPROPERTIES (
  'comment' = 'One row a netting set and date: the exposure profile.',
  'commit.retry.max-wait-ms' = '1000',
  'commit.retry.min-wait-ms' = '20',
  'commit.retry.num-retries' = '20',
  'format-version' = '2',
  'history.expire.max-ref-age-ms' = '604800000',
  'write.metadata.delete-after-commit.enabled' = 'true',
  'write.metadata.metrics.column.run_id' = 'full',
  'write.metadata.previous-versions-max' = '100');

CREATE TABLE IF NOT EXISTS pathwise.pathwise.xva (
  run_id STRING NOT NULL COMMENT 'The run that wrote the row.',
  as_of DATE NOT NULL COMMENT 'The valuation date of the run.',
  portfolio STRING NOT NULL COMMENT 'The portfolio that the run was for.',
  created_at TIMESTAMP NOT NULL COMMENT 'When the row was written (UTC).',
  netting_set STRING NOT NULL COMMENT 'The netting set.',
  cva DOUBLE COMMENT 'Credit valuation adjustment (currency).',
  dva DOUBLE COMMENT 'Debit valuation adjustment (currency).',
  std_err DOUBLE COMMENT 'Standard error of cva (currency).')
USING iceberg
PARTITIONED BY (as_of)
TBLPROPERTIES (
  'comment' = 'One row a netting set: its valuation adjustments.',
  'commit.retry.max-wait-ms' = '1000',
  'commit.retry.min-wait-ms' = '20',
  'commit.retry.num-retries' = '20',
  'format-version' = '2',
  'history.expire.max-ref-age-ms' = '604800000',
  'write.metadata.delete-after-commit.enabled' = 'true',
  'write.metadata.metrics.column.run_id' = 'full',
  'write.metadata.previous-versions-max' = '100');

CREATE TABLE IF NOT EXISTS pathwise.pathwise.path_summary (
  run_id STRING NOT NULL COMMENT 'The run that wrote the row.',
  as_of DATE NOT NULL COMMENT 'The valuation date of the run.',
  portfolio STRING NOT NULL COMMENT 'The portfolio that the run was for.',
  created_at TIMESTAMP NOT NULL COMMENT 'When the row was written (UTC).',
  state STRING NOT NULL COMMENT 'Name of the state in the job file.',
  t DOUBLE NOT NULL COMMENT 'Time (years).',
  mean DOUBLE NOT NULL COMMENT 'Mean (unit of the state).',
  std DOUBLE COMMENT 'Standard deviation (unit of the state).',
  q01 DOUBLE COMMENT 'Quantile at 1 % (unit of the state).',
  q05 DOUBLE COMMENT 'Quantile at 5 % (unit of the state).',
  q25 DOUBLE COMMENT 'Quantile at 25 % (unit of the state).',
  q50 DOUBLE COMMENT 'Median (unit of the state).',
  q75 DOUBLE COMMENT 'Quantile at 75 % (unit of the state).',
  q95 DOUBLE COMMENT 'Quantile at 95 % (unit of the state).',
  q99 DOUBLE COMMENT 'Quantile at 99 % (unit of the state).')
USING iceberg
PARTITIONED BY (as_of)
TBLPROPERTIES (
  'comment' = 'One row a state and time: its distribution over the paths.',
  'commit.retry.max-wait-ms' = '1000',
  'commit.retry.min-wait-ms' = '20',
  'commit.retry.num-retries' = '20',
  'format-version' = '2',
  'history.expire.max-ref-age-ms' = '604800000',
  'write.metadata.delete-after-commit.enabled' = 'true',
  'write.metadata.metrics.column.run_id' = 'full',
  'write.metadata.previous-versions-max' = '100');

CREATE TABLE IF NOT EXISTS pathwise.pathwise.calibration (
  run_id STRING NOT NULL COMMENT 'The run that wrote the row.',
  as_of DATE NOT NULL COMMENT 'The valuation date of the run.',
  portfolio STRING NOT NULL COMMENT 'The portfolio that the run was for.',
  created_at TIMESTAMP NOT NULL COMMENT 'When the row was written (UTC).',
  model STRING NOT NULL COMMENT 'The model\'s catalogue name.',
  parameter STRING NOT NULL COMMENT 'The parameter.',
  value DOUBLE NOT NULL COMMENT 'Calibrated value (unit of the parameter).',
  std_err DOUBLE COMMENT 'Standard error of value (unit of the parameter).',
  lower DOUBLE COMMENT 'Lower bound of the search (unit of the parameter).',
  upper DOUBLE COMMENT 'Upper bound of the search (unit of the parameter).',
  at_bound BOOLEAN COMMENT 'Whether value lies on a bound.',
  starts INT COMMENT 'Number of starting points tried.',
  iterations INT COMMENT 'Iterations of the start that won.',
  objective DOUBLE COMMENT 'Weighted sum of squares at value (squared points of 0.01, of implied volatilities).',
  converged BOOLEAN COMMENT 'Whether the optimiser met its tolerance.')
USING iceberg
PARTITIONED BY (as_of)
TBLPROPERTIES (
  'comment' = 'One row a model parameter: what the calibration found.',
  'commit.retry.max-wait-ms' = '1000',
  'commit.retry.min-wait-ms' = '20',
  'commit.retry.num-retries' = '20',
  'format-version' = '2',
  'history.expire.max-ref-age-ms' = '604800000',
  'write.metadata.delete-after-commit.enabled' = 'true',
  'write.metadata.metrics.column.run_id' = 'full',
  'write.metadata.previous-versions-max' = '100');

CREATE TABLE IF NOT EXISTS pathwise.pathwise.calibration_residual (
  run_id STRING NOT NULL COMMENT 'The run that wrote the row.',
  as_of DATE NOT NULL COMMENT 'The valuation date of the run.',
  portfolio STRING NOT NULL COMMENT 'The portfolio that the run was for.',
  created_at TIMESTAMP NOT NULL COMMENT 'When the row was written (UTC).',
  instrument STRING NOT NULL COMMENT 'The quoted instrument.',
  market DOUBLE NOT NULL COMMENT 'The quote (unit of the quotes).',
  model DOUBLE NOT NULL COMMENT 'The model\'s value (unit of the quotes).',
  residual DOUBLE NOT NULL COMMENT 'Model less market (unit of the quotes).',
  weight DOUBLE COMMENT 'Weight of the squared residual in the objective (1/unit squared).',
  strike DOUBLE COMMENT 'Strike of the instrument (price).',
  expiry DOUBLE COMMENT 'Expiry of the instrument (years).',
  std_err DOUBLE COMMENT 'Standard error of a simulated model value (unit of the quotes).')
USING iceberg
PARTITIONED BY (as_of)
TBLPROPERTIES (
  'comment' = 'One row an instrument: how well the calibrated model meets its quote.',
  'commit.retry.max-wait-ms' = '1000',
  'commit.retry.min-wait-ms' = '20',
  'commit.retry.num-retries' = '20',
  'format-version' = '2',
  'history.expire.max-ref-age-ms' = '604800000',
  'write.metadata.delete-after-commit.enabled' = 'true',
  'write.metadata.metrics.column.run_id' = 'full',
  'write.metadata.previous-versions-max' = '100');

CREATE TABLE IF NOT EXISTS pathwise.pathwise.training (
  run_id STRING NOT NULL COMMENT 'The run that wrote the row.',
  as_of DATE NOT NULL COMMENT 'The valuation date of the run.',
  portfolio STRING NOT NULL COMMENT 'The portfolio that the run was for.',
  created_at TIMESTAMP NOT NULL COMMENT 'When the row was written (UTC).',
  epoch INT NOT NULL COMMENT 'Epoch of a training, start of a calibration (counted from 0).',
  step BIGINT NOT NULL COMMENT 'Optimiser step (counted from 0).',
  metric STRING NOT NULL COMMENT 'Name of the metric, such as loss.',
  value DOUBLE NOT NULL COMMENT 'Value of the metric (unit of the metric).')
USING iceberg
PARTITIONED BY (as_of)
TBLPROPERTIES (
  'comment' = 'One row an epoch, step and metric: the course of a training or a calibration.',
  'commit.retry.max-wait-ms' = '1000',
  'commit.retry.min-wait-ms' = '20',
  'commit.retry.num-retries' = '20',
  'format-version' = '2',
  'history.expire.max-ref-age-ms' = '604800000',
  'write.metadata.delete-after-commit.enabled' = 'true',
  'write.metadata.metrics.column.run_id' = 'full',
  'write.metadata.previous-versions-max' = '100');

CREATE TABLE IF NOT EXISTS pathwise.pathwise.shard_lineage (
  run_id STRING NOT NULL COMMENT 'The run that wrote the row.',
  as_of DATE NOT NULL COMMENT 'The valuation date of the run.',
  portfolio STRING NOT NULL COMMENT 'The portfolio that the run was for.',
  created_at TIMESTAMP NOT NULL COMMENT 'When the row was written (UTC).',
  shard_first BIGINT NOT NULL COMMENT 'First shard of the task (counted from 0).',
  shard_last BIGINT NOT NULL COMMENT 'Last shard of the task, included.',
  attempt INT NOT NULL COMMENT 'Attempt of the task (counted from 0).',
  executor STRING COMMENT 'Spark executor.',
  device STRING COMMENT 'Name of the processor or OpenCL device.',
  checksum STRING COMMENT 'Checksum of the partial result, hexadecimal.',
  wall_ms BIGINT COMMENT 'Wall time of the task (milliseconds).',
  step_first INT COMMENT 'Grid step at which the task began.',
  step_last INT COMMENT 'Grid step at which it stopped.')
USING iceberg
PARTITIONED BY (as_of)
TBLPROPERTIES (
  'comment' = 'One row a task: which shards were computed where, and what they summed to.',
  'commit.retry.max-wait-ms' = '1000',
  'commit.retry.min-wait-ms' = '20',
  'commit.retry.num-retries' = '20',
  'format-version' = '2',
  'history.expire.max-ref-age-ms' = '604800000',
  'write.metadata.delete-after-commit.enabled' = 'true',
  'write.metadata.metrics.column.run_id' = 'full',
  'write.metadata.previous-versions-max' = '100');
