package io.pathwise.expr;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Smart constructors of the structural operations: check shapes and drop what does nothing. */
final class Structure {
  private Structure() {}

  static Expr slice(Expr x, int offset, Shape shape) {
    if (offset < 0 || offset > x.shape().size() - shape.size()) {
      throw new IllegalArgumentException(
          "slice of " + shape + " at " + offset + " from a " + x.shape());
    }
    if (shape.equals(x.shape())) {
      return x;
    }
    if (x.op() == Op.SLICE) {
      return slice(x.arg(0), offset + (int) x.literal(), shape);
    }
    if (x.op() == Op.RESHAPE) {
      return slice(x.arg(0), offset, shape);
    }
    if (x.op() == Op.CONCAT) {
      int start = 0;
      for (Expr part : x.args()) {
        int size = part.shape().size();
        if (offset >= start && offset + shape.size() <= start + size) {
          Expr inner = slice(part, offset - start, sameSize(part.shape(), shape));
          return reshape(inner, shape);
        }
        start += size;
      }
    }
    return Expr.node(Op.SLICE, shape, offset, List.of(x));
  }

  static Expr element(Expr m, int row, int column) {
    Shape shape = m.shape();
    if (shape.rank() != 2
        || row < 0
        || row >= shape.rows()
        || column < 0
        || column >= shape.columns()) {
      throw new IllegalArgumentException(
          "element (" + row + ", " + column + ") of a " + shape + ": there is none");
    }
    return slice(m, row * shape.columns() + column, Shape.SCALAR);
  }

  private static Shape sameSize(Shape part, Shape wanted) {
    return part.size() == wanted.size() ? part : wanted;
  }

  static Expr reshape(Expr x, Shape shape) {
    if (shape.size() != x.shape().size()) {
      throw new IllegalArgumentException("reshape of a " + x.shape() + " to a " + shape);
    }
    if (shape.equals(x.shape())) {
      return x;
    }
    if (x.op() == Op.RESHAPE) {
      return reshape(x.arg(0), shape);
    }
    if (x.op() == Op.CONCAT) {
      return x.args().size() == 1
          ? reshape(x.arg(0), shape)
          : Expr.node(Op.CONCAT, shape, 0, x.args());
    }
    return Expr.node(Op.RESHAPE, shape, 0, List.of(x));
  }

  static Expr concat(List<Expr> parts, Shape wanted) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("concat of nothing");
    }
    List<Expr> flat = new ArrayList<>();
    int size = 0;
    for (Expr part : parts) {
      size += part.shape().size();
      if (part.op() == Op.CONCAT) {
        flat.addAll(part.args());
      } else if (part.op() == Op.RESHAPE) {
        flat.add(part.arg(0));
      } else {
        flat.add(part);
      }
    }
    Shape shape = wanted == null ? Shape.vector(size) : wanted;
    if (shape.size() != size) {
      throw new IllegalArgumentException("concat of " + size + " elements to a " + shape);
    }
    if (flat.size() == 1) {
      return reshape(flat.get(0), shape);
    }
    return Expr.node(Op.CONCAT, shape, 0, flat);
  }

  static Expr matrix(List<Expr> rows) {
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("matrix of no rows");
    }
    Shape first = rows.get(0).shape();
    for (Expr row : rows) {
      if (row.shape().rank() > 1 || row.shape().size() != first.size()) {
        throw new IllegalArgumentException(
            "matrix of rows of different shapes: a " + first + " and a " + row.shape());
      }
    }
    return concat(rows, Shape.matrix(rows.size(), first.size()));
  }

  /** The value in the given shape: as it is, or a scalar repeated. */
  static Expr fill(Expr value, Shape shape) {
    if (value.shape().equals(shape)) {
      return value;
    }
    if (!value.shape().isScalar()) {
      throw new IllegalArgumentException("a " + value.shape() + " where a " + shape + " belongs");
    }
    return concat(Collections.nCopies(shape.size(), value), shape);
  }

  /**
   * A value of the given shape that holds the elements of a part from an offset, and 0 elsewhere.
   */
  static Expr embed(Expr part, int offset, Shape shape) {
    List<Expr> parts = new ArrayList<>();
    int after = shape.size() - offset - part.shape().size();
    if (offset > 0) {
      parts.add(fill(Expr.ZERO, Shape.vector(offset)));
    }
    parts.add(part);
    if (after > 0) {
      parts.add(fill(Expr.ZERO, Shape.vector(after)));
    }
    return concat(parts, shape);
  }

  static Expr sum(Expr x) {
    if (x.shape().isScalar()) {
      return x;
    }
    if (x.shape().size() == 1) {
      return reshape(x, Shape.SCALAR);
    }
    return Expr.node(Op.SUM, Shape.SCALAR, 0, List.of(x));
  }

  static Expr dot(Expr a, Expr b) {
    if (a.shape().rank() != 1 || !a.shape().equals(b.shape())) {
      throw new IllegalArgumentException("dot of a " + a.shape() + " and a " + b.shape());
    }
    return Expr.node(Op.DOT, Shape.SCALAR, 0, List.of(a, b));
  }

  static Expr matVec(Expr m, Expr v) {
    if (m.shape().rank() != 2 || v.shape().rank() != 1 || m.shape().columns() != v.shape().rows()) {
      throw new IllegalArgumentException("matVec of a " + m.shape() + " and a " + v.shape());
    }
    return Expr.node(Op.MATVEC, Shape.vector(m.shape().rows()), 0, List.of(m, v));
  }

  static Expr transpose(Expr m) {
    if (m.shape().rank() != 2) {
      throw new IllegalArgumentException("transpose of a " + m.shape());
    }
    if (m.op() == Op.TRANSPOSE) {
      return m.arg(0);
    }
    return Expr.node(
        Op.TRANSPOSE, Shape.matrix(m.shape().columns(), m.shape().rows()), 0, List.of(m));
  }

  static Expr outer(Expr a, Expr b) {
    if (a.shape().rank() != 1 || b.shape().rank() != 1) {
      throw new IllegalArgumentException("outer of a " + a.shape() + " and a " + b.shape());
    }
    return Expr.node(Op.OUTER, Shape.matrix(a.shape().rows(), b.shape().rows()), 0, List.of(a, b));
  }

  static Expr sumOverPaths(Expr x) {
    if (x.isConst(0)) {
      return x;
    }
    return Expr.node(Op.SUM_OVER_PATHS, x.shape(), 0, List.of(x));
  }
}
