package io.pathwise.spark.table;

import static io.pathwise.spark.table.Column.optional;
import static io.pathwise.spark.table.Column.required;
import static io.pathwise.spark.table.ColumnType.BOOLEAN;
import static io.pathwise.spark.table.ColumnType.DATE;
import static io.pathwise.spark.table.ColumnType.DOUBLE;
import static io.pathwise.spark.table.ColumnType.INT;
import static io.pathwise.spark.table.ColumnType.LONG;
import static io.pathwise.spark.table.ColumnType.STRING;
import static io.pathwise.spark.table.ColumnType.TIMESTAMP;

import java.util.List;

/** The result tables, declared. */
public final class ResultTables {

  /** One row a run: what ran, on what, how it ended. */
  public static final TableSchema RUNS =
      TableSchema.of(
          "runs",
          "One row a run: what ran, on what, and how it ended.",
          required("job", STRING, "Kind of job: simulate, price, calibrate, risk or train."),
          required("status", STRING, "RUNNING, DONE, HELD or FAILED."),
          optional("config_sha256", STRING, "SHA-256 of the resolved job file, hexadecimal."),
          optional("config", STRING, "The resolved job file."),
          optional("code_version", STRING, "Version of Pathwise that ran."),
          optional("seed", LONG, "Seed of the run's noise."),
          optional("paths", LONG, "Number of paths."),
          optional("shards", INT, "Number of shards that the paths were cut into."),
          optional("backend", STRING, "What ran the kernels: cpu or gpu."),
          optional("device", STRING, "Name of the processor or OpenCL device."),
          optional("spark_master", STRING, "Spark master URL."),
          optional("market_snapshot", STRING, "Market data that the run read."),
          optional("started_at", TIMESTAMP, "When the run started (UTC)."),
          optional("wall_s", DOUBLE, "Wall time of the run (seconds)."),
          optional("path_steps", LONG, "Paths times time steps simulated."),
          optional("path_steps_per_s", DOUBLE, "Path-steps simulated per second (1/s)."),
          optional("error", STRING, "Why the run failed or is held; null when neither."),
          optional("progress", DOUBLE, "Part of the work that is done (1 = all)."));

  /** One row a trade: its present value. */
  public static final TableSchema NPV =
      TableSchema.of(
          "npv",
          "One row a trade: its present value, with standard error.",
          required("trade_id", STRING, "The trade."),
          optional("currency", STRING, "ISO 4217 code of the currency of pv; null when not given."),
          required("pv", DOUBLE, "Present value of the position (currency)."),
          optional("std_err", DOUBLE, "Standard error of pv (currency)."),
          optional("paths", LONG, "Number of paths behind pv."),
          optional("scheme", STRING, "Numerical scheme."),
          optional("steps", INT, "Time steps of the simulation."),
          optional("implied_vol", DOUBLE, "Black-Scholes volatility implied by pv (1 = 100 %)."),
          optional(
              "market_implied_vol",
              DOUBLE,
              "Implied volatility quoted with the trade (1 = 100 %)."));

  /** One row a trade, measure and factor: a derivative of the present value. */
  public static final TableSchema SENSITIVITY =
      TableSchema.of(
          "sensitivity",
          "One row a trade, measure and factor: a derivative of the present value.",
          required("trade_id", STRING, "The trade."),
          required("measure", STRING, "delta, gamma, vega, d_param and the like."),
          required("factor", STRING, "What the derivative is taken in: spot, or a parameter."),
          optional("tenor", STRING, "Tenor of the factor; null when it has none."),
          optional("strike", DOUBLE, "Strike of the factor (price); null when it has none."),
          required("value", DOUBLE, "The derivative (see unit)."),
          optional("std_err", DOUBLE, "Standard error of value (see unit)."),
          optional("unit", STRING, "Unit of value and std_err."),
          optional("method", STRING, "adjoint, tangent, bump and the like."));

  /** One row an estimator, path count and step size. */
  public static final TableSchema CONVERGENCE =
      TableSchema.of(
          "convergence",
          "One row an estimator, path count and step size: bias and noise apart.",
          required("estimator", STRING, "What is estimated, such as npv/TRADE."),
          required("paths", LONG, "Number of paths."),
          required("dt", DOUBLE, "Time step (years)."),
          required("value", DOUBLE, "The estimate (unit of the estimator)."),
          optional("std_err", DOUBLE, "Standard error of value (unit of the estimator)."));

  /** One row a state and time: the distribution over the paths. */
  public static final TableSchema PATH_SUMMARY =
      TableSchema.of(
          "path_summary",
          "One row a state and time: its distribution over the paths.",
          required("state", STRING, "Name of the state in the job file."),
          required("t", DOUBLE, "Time (years)."),
          required("mean", DOUBLE, "Mean (unit of the state)."),
          optional("std", DOUBLE, "Standard deviation (unit of the state)."),
          optional("q01", DOUBLE, "Quantile at 1 % (unit of the state)."),
          optional("q05", DOUBLE, "Quantile at 5 % (unit of the state)."),
          optional("q25", DOUBLE, "Quantile at 25 % (unit of the state)."),
          optional("q50", DOUBLE, "Median (unit of the state)."),
          optional("q75", DOUBLE, "Quantile at 75 % (unit of the state)."),
          optional("q95", DOUBLE, "Quantile at 95 % (unit of the state)."),
          optional("q99", DOUBLE, "Quantile at 99 % (unit of the state)."));

  /** One row a task: which shards were computed where. */
  public static final TableSchema SHARD_LINEAGE =
      TableSchema.of(
          "shard_lineage",
          "One row a task: which shards were computed where, and what they summed to.",
          required("shard_first", LONG, "First shard of the task (counted from 0)."),
          required("shard_last", LONG, "Last shard of the task, included."),
          required("attempt", INT, "Attempt of the task (counted from 0)."),
          optional("executor", STRING, "Spark executor."),
          optional("device", STRING, "Name of the processor or OpenCL device."),
          optional("checksum", STRING, "Checksum of the partial result, hexadecimal."),
          optional("wall_ms", LONG, "Wall time of the task (milliseconds)."),
          optional("step_first", INT, "Grid step at which the task began."),
          optional("step_last", INT, "Grid step at which it stopped."));

  /** One row a trade and scenario: the change of value under the scenario. */
  public static final TableSchema SCENARIO_PNL =
      TableSchema.of(
          "scenario_pnl",
          "One row a trade and scenario: the change of value under the scenario.",
          required("trade_id", STRING, "The trade."),
          required("scenario_id", STRING, "The scenario."),
          required("pnl", DOUBLE, "Value under the scenario less the base value (currency)."));

  /** One row a trade, path and horizon: the finest grain of profit and loss. */
  public static final TableSchema PNL_VECTOR =
      TableSchema.of(
          "pnl_vector",
          "One row a trade, path and horizon: profit and loss at its finest grain.",
          required("trade_id", STRING, "The trade."),
          required("path", LONG, "Number of the path (counted from 0)."),
          required("horizon_days", INT, "Risk horizon (days)."),
          required("pnl", DOUBLE, "Profit and loss over the horizon (currency)."));

  /** One row a measure, level and horizon. */
  public static final TableSchema RISK =
      TableSchema.of(
          "risk",
          "One row a risk measure, level and horizon, with its confidence interval.",
          required("measure", STRING, "var, es, stressed_var and the like."),
          required("level", DOUBLE, "Confidence level (fraction of 1)."),
          required("horizon_days", INT, "Risk horizon (days)."),
          required("value", DOUBLE, "The measure; a loss is positive (currency)."),
          optional("ci_lo", DOUBLE, "Lower end of the confidence interval of value (currency)."),
          optional("ci_hi", DOUBLE, "Upper end of the confidence interval of value (currency)."));

  /** One row a netting set and date: the exposure profile. */
  public static final TableSchema EXPOSURE =
      TableSchema.of(
          "exposure",
          "One row a netting set and date: the exposure profile.",
          required("netting_set", STRING, "The netting set."),
          required("date", DATE, "The exposure date."),
          required("t", DOUBLE, "Time from as_of to date (years)."),
          optional("ee", DOUBLE, "Expected exposure, discounted (currency)."),
          optional("epe", DOUBLE, "Expected positive exposure (currency)."),
          optional("ene", DOUBLE, "Expected negative exposure (currency)."),
          optional("pfe_level", DOUBLE, "Level of the potential future exposure (fraction of 1)."),
          optional("pfe", DOUBLE, "Potential future exposure at pfe_level (currency)."),
          optional("std_err", DOUBLE, "Standard error of epe (currency)."));

  /** One row a netting set: its valuation adjustments. */
  public static final TableSchema XVA =
      TableSchema.of(
          "xva",
          "One row a netting set: its valuation adjustments.",
          required("netting_set", STRING, "The netting set."),
          optional("cva", DOUBLE, "Credit valuation adjustment (currency)."),
          optional("dva", DOUBLE, "Debit valuation adjustment (currency)."),
          optional("std_err", DOUBLE, "Standard error of cva (currency)."));

  /** One row a parameter: what the calibration found. */
  public static final TableSchema CALIBRATION =
      TableSchema.of(
          "calibration",
          "One row a model parameter: what the calibration found.",
          required("model", STRING, "The model's catalogue name."),
          required("parameter", STRING, "The parameter."),
          required("value", DOUBLE, "Calibrated value (unit of the parameter)."),
          optional("std_err", DOUBLE, "Standard error of value (unit of the parameter)."),
          optional("lower", DOUBLE, "Lower bound of the search (unit of the parameter)."),
          optional("upper", DOUBLE, "Upper bound of the search (unit of the parameter)."),
          optional("at_bound", BOOLEAN, "Whether value lies on a bound."),
          optional("starts", INT, "Number of starting points tried."),
          optional("iterations", INT, "Iterations of the start that won."),
          optional(
              "objective",
              DOUBLE,
              "Weighted sum of squares at value (squared points of 0.01, of implied volatilities)."),
          optional("converged", BOOLEAN, "Whether the optimiser met its tolerance."));

  /** One row an instrument: how well the calibrated model meets its quote. */
  public static final TableSchema CALIBRATION_RESIDUAL =
      TableSchema.of(
          "calibration_residual",
          "One row an instrument: how well the calibrated model meets its quote.",
          required("instrument", STRING, "The quoted instrument."),
          required("market", DOUBLE, "The quote (unit of the quotes)."),
          required("model", DOUBLE, "The model's value (unit of the quotes)."),
          required("residual", DOUBLE, "Model less market (unit of the quotes)."),
          optional(
              "weight",
              DOUBLE,
              "Weight of the squared residual in the objective (1/unit squared)."),
          optional("strike", DOUBLE, "Strike of the instrument (price)."),
          optional("expiry", DOUBLE, "Expiry of the instrument (years)."),
          optional(
              "std_err",
              DOUBLE,
              "Standard error of a simulated model value (unit of the quotes)."));

  /** One row an epoch, step and metric: the course of a training. */
  public static final TableSchema TRAINING =
      TableSchema.of(
          "training",
          "One row an epoch, step and metric: the course of a training or a calibration.",
          required("epoch", INT, "Epoch of a training, start of a calibration (counted from 0)."),
          required("step", LONG, "Optimiser step (counted from 0)."),
          required("metric", STRING, "Name of the metric, such as loss."),
          required("value", DOUBLE, "Value of the metric (unit of the metric)."));

  private static final List<TableSchema> ALL =
      List.of(
          RUNS,
          NPV,
          SENSITIVITY,
          CONVERGENCE,
          SCENARIO_PNL,
          PNL_VECTOR,
          RISK,
          EXPOSURE,
          XVA,
          PATH_SUMMARY,
          CALIBRATION,
          CALIBRATION_RESIDUAL,
          TRAINING,
          SHARD_LINEAGE);

  private ResultTables() {}

  /** Every declared table, {@link #RUNS} first. */
  public static List<TableSchema> all() {
    return ALL;
  }
}
