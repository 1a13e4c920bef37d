package io.pathwise.kernel;

import io.pathwise.expr.Expr;
import io.pathwise.expr.SinglePrecision;
import io.pathwise.noise.NormalMethod;
import java.util.List;

/** The floating-point numbers that paths are computed with; part of the identity of a run. */
public enum Precision {
  /** 64 bits. */
  DOUBLE {
    @Override
    public NormalMethod normals() {
      return NormalMethod.BOX_MULLER;
    }

    @Override
    List<Expr> round(List<Expr> values) {
      return values;
    }
  },

  /**
   * 32 bits for normals, steps and the adjoint of a step ({@link SinglePrecision}); 64 bits for
   * what is read of a path, for sums and for the derivatives collected along a sweep.
   */
  SINGLE {
    @Override
    public NormalMethod normals() {
      return NormalMethod.BOX_MULLER_SINGLE;
    }

    @Override
    List<Expr> round(List<Expr> values) {
      return SinglePrecision.of(values);
    }
  };

  /** How normals are drawn. */
  public abstract NormalMethod normals();

  /** Scalar values of a path in this precision. */
  abstract List<Expr> round(List<Expr> values);
}
