package io.pathwise.spark.job;

import io.pathwise.payoff.Averaging;
import io.pathwise.payoff.BarrierType;
import io.pathwise.payoff.OptionType;
import java.util.OptionalDouble;

/**
 * A trade of a job file on the price S of the model. Times are in years, amounts in its currency.
 */
public sealed interface TradeSpec {

  /** Names the trade; no two trades of a job share a name. */
  String id();

  /** The strike, the delivery price of a forward or the face value of a bond; above 0. */
  double strike();

  /** When it pays, in years; above 0. */
  double expiry();

  /** How many units are held; negative for a short position. */
  double quantity();

  /** The implied volatility the market quotes, a square root year, to show beside the model's. */
  OptionalDouble marketImpliedVol();

  /** The type's name in job files. */
  String type();

  /** Whether the payoff is continuous in the path, so that its pathwise derivative is unbiased. */
  default boolean continuous() {
    return true;
  }

  /** Pays max(S - K, 0) or max(K - S, 0) at expiry. */
  record European(
      String id,
      OptionType option,
      double strike,
      double expiry,
      double quantity,
      OptionalDouble marketImpliedVol)
      implements TradeSpec {
    @Override
    public String type() {
      return "european";
    }
  }

  /**
   * Pays a fixed amount at expiry if S ends above (call) or below (put) the strike.
   *
   * @param payout the amount
   */
  record Digital(
      String id,
      OptionType option,
      double strike,
      double expiry,
      double quantity,
      OptionalDouble marketImpliedVol,
      double payout)
      implements TradeSpec {
    @Override
    public String type() {
      return "digital";
    }

    @Override
    public boolean continuous() {
      return false;
    }
  }

  /**
   * Pays max(A - K, 0) or max(K - A, 0) at expiry, where A is a mean of S.
   *
   * @param averaging which mean
   * @param fixings how many equally spaced dates, the last at expiry
   */
  record Asian(
      String id,
      OptionType option,
      double strike,
      double expiry,
      double quantity,
      OptionalDouble marketImpliedVol,
      Averaging averaging,
      int fixings)
      implements TradeSpec {
    @Override
    public String type() {
      return "asian";
    }
  }

  /**
   * A European option that starts or ends when S reaches a barrier on one of the monitoring dates,
   * or at any time.
   *
   * @param kind where the barrier is and what it does
   * @param barrier its level
   * @param monitoring how many equally spaced dates, the last at expiry; {@link #CONTINUOUS} for
   *     any time
   */
  record Barrier(
      String id,
      OptionType option,
      double strike,
      double expiry,
      double quantity,
      OptionalDouble marketImpliedVol,
      BarrierType kind,
      double barrier,
      int monitoring)
      implements TradeSpec {
    /** Monitoring at any time. */
    public static final int CONTINUOUS = 0;

    /** Whether the barrier is watched at any time. */
    public boolean always() {
      return monitoring == CONTINUOUS;
    }

    @Override
    public String type() {
      return "barrier";
    }

    @Override
    public boolean continuous() {
      return always();
    }
  }

  /** Pays one unit of money at expiry. */
  record ZeroCoupon(String id, double expiry, double quantity, OptionalDouble marketImpliedVol)
      implements TradeSpec {
    @Override
    public String type() {
      return "zero-coupon";
    }

    @Override
    public double strike() {
      return 1;
    }
  }

  /** Pays S - K at expiry. */
  record Forward(
      String id, double strike, double expiry, double quantity, OptionalDouble marketImpliedVol)
      implements TradeSpec {
    @Override
    public String type() {
      return "forward";
    }
  }
}
