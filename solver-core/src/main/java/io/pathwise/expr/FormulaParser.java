package io.pathwise.expr;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Recursive descent over the grammar of {@link Formula}; it recurses only into parentheses. */
final class FormulaParser {
  private static final String OPERAND = "a number, a name or '('";
  private static final Map<String, Expr> CONSTANTS =
      Map.of("pi", Expr.of(Math.PI), "e", Expr.of(Math.E));
  private static final Map<String, Op> FUNCTIONS = functions();

  private final String text;
  private final Map<String, Expr> symbols;
  private final List<FormulaToken> tokens;
  private int at;
  private int depth;

  FormulaParser(String text, Map<String, Expr> symbols) {
    if (text.length() > Formula.LONGEST) {
      throw new FormulaException(
          "a formula of " + text.length() + " characters",
          text,
          Formula.LONGEST,
          "at most " + Formula.LONGEST + " characters");
    }
    this.text = text;
    this.symbols = symbols;
    this.tokens = FormulaLexer.tokens(text);
  }

  private static Map<String, Op> functions() {
    Map<String, Op> functions = new TreeMap<>();
    for (Op op :
        List.of(
            Op.SQRT,
            Op.EXP,
            Op.LOG,
            Op.SIN,
            Op.COS,
            Op.TANH,
            Op.SIGMOID,
            Op.SOFTPLUS,
            Op.ERF,
            Op.NORMAL_CDF,
            Op.INVERSE_NORMAL_CDF,
            Op.ABS,
            Op.RINT,
            Op.POSITIVE,
            Op.MIN,
            Op.MAX,
            Op.POW,
            Op.FMA,
            Op.SELECT)) {
      functions.put(op.symbol(), op);
    }
    return functions;
  }

  Expr parse() {
    Expr result = comparison();
    if (token().kind() != FormulaToken.Kind.END) {
      throw error(token(), "an operator or the end of the formula");
    }
    return result;
  }

  private Expr comparison() {
    Expr left = sum();
    FormulaToken operator = token();
    boolean less = operator.is("<") || operator.is("<=");
    if (!less && !operator.is(">") && !operator.is(">=")) {
      return left;
    }
    at++;
    Expr right = sum();
    if (token().is("<") || token().is("<=") || token().is(">") || token().is(">=")) {
      throw error(token(), "one comparison at a time: (a < b)*(b < c)");
    }
    return switch (operator.text()) {
      case "<" -> right.above(left);
      case "<=" -> Expr.ONE.minus(left.above(right));
      case ">" -> left.above(right);
      default -> Expr.ONE.minus(right.above(left));
    };
  }

  private Expr sum() {
    Expr result = product();
    while (true) {
      if (accept("+")) {
        result = result.plus(product());
      } else if (accept("-")) {
        result = result.minus(product());
      } else {
        return result;
      }
    }
  }

  private Expr product() {
    Expr result = signed();
    while (true) {
      if (accept("*")) {
        result = result.times(signed());
      } else if (accept("/")) {
        result = result.over(signed());
      } else {
        return result;
      }
    }
  }

  /** Signs, atoms and powers, without recursion: s0 a0 ^ s1 a1 ^ ... is folded from the right. */
  private Expr signed() {
    Deque<Expr> atoms = new ArrayDeque<>();
    Deque<Boolean> negative = new ArrayDeque<>();
    do {
      negative.push(sign());
      atoms.push(atom());
    } while (accept("^"));
    Expr result = atoms.pop();
    while (true) {
      result = negative.pop() ? result.neg() : result;
      if (atoms.isEmpty()) {
        return result;
      }
      result = atoms.pop().pow(result);
    }
  }

  private boolean sign() {
    boolean negative = false;
    while (token().is("-") || token().is("+")) {
      negative ^= token().is("-");
      at++;
    }
    return negative;
  }

  private Expr atom() {
    FormulaToken token = token();
    return switch (token.kind()) {
      case NUMBER -> {
        at++;
        yield number(token);
      }
      case NAME -> {
        at++;
        yield token().is("(") ? function(token) : name(token);
      }
      default -> {
        if (!token.is("(")) {
          throw error(token, OPERAND);
        }
        open();
        Expr inner = comparison();
        close("an operator or ')'");
        yield inner;
      }
    };
  }

  private Expr number(FormulaToken token) {
    double value = Double.parseDouble(token.text());
    boolean vanished = value == 0 && token.text().matches("[0.]*[1-9].*");
    if (vanished || Double.isInfinite(value)) {
      throw new FormulaException(
          "the number " + token.text() + " is out of range",
          text,
          token.position(),
          "a number between 4.9e-324 and 1.797e308");
    }
    return Expr.of(value);
  }

  private Expr name(FormulaToken token) {
    Expr value = symbols.getOrDefault(token.text(), CONSTANTS.get(token.text()));
    if (value != null) {
      if (!value.shape().isScalar() || value.integral()) {
        throw new IllegalArgumentException(
            "symbol "
                + token.text()
                + (value.integral() ? " is a 64-bit integer" : " is a " + value.shape())
                + ": a formula works on scalar numbers");
      }
      return value;
    }
    if (FUNCTIONS.containsKey(token.text())) {
      throw error(token(), "'(' after the function " + token.text());
    }
    Set<String> known = new TreeSet<>(symbols.keySet());
    known.addAll(CONSTANTS.keySet());
    throw new FormulaException(
        "unknown name '" + token.text() + "'",
        text,
        token.position(),
        Spelling.oneOf(token.text(), known));
  }

  private Expr function(FormulaToken name) {
    Op op = FUNCTIONS.get(name.text());
    if (op == null) {
      boolean symbol = symbols.containsKey(name.text()) || CONSTANTS.containsKey(name.text());
      throw new FormulaException(
          symbol
              ? "'" + name.text() + "' is not a function"
              : "unknown function '" + name.text() + "'",
          text,
          name.position(),
          symbol
              ? "an operator such as '*' after it, or a function: "
                  + Spelling.oneOf(name.text(), FUNCTIONS.keySet())
              : Spelling.oneOf(name.text(), FUNCTIONS.keySet()));
    }
    open();
    List<Expr> args = new ArrayList<>();
    FormulaToken first = token();
    if (!token().is(")")) {
      do {
        args.add(comparison());
      } while (accept(","));
    }
    close("an operator, ',' or ')'");
    if (args.size() != op.arity()) {
      throw new FormulaException(
          "wrong number of arguments: " + args.size(),
          text,
          name.position(),
          op.arity() + (op.arity() == 1 ? " argument of " : " arguments of ") + name.text());
    }
    if (op == Op.SELECT && !isTruth(args.get(0))) {
      throw new FormulaException(
          "the condition of select is not a comparison",
          text,
          first.position(),
          "a comparison such as x > 0");
    }
    return Expr.apply(op, args.toArray(Expr[]::new));
  }

  /** Whether the value is 0 or 1 by construction. */
  private static boolean isTruth(Expr condition) {
    Deque<Expr> open = new ArrayDeque<>(List.of(condition));
    Set<Expr> seen = new HashSet<>();
    while (!open.isEmpty()) {
      Expr node = open.pop();
      if (!seen.add(node)) {
        continue;
      }
      switch (node.op()) {
        case POSITIVE -> {}
        case CONST -> {
          if (!node.isConst(0) && !node.isConst(1)) {
            return false;
          }
        }
        case SUB -> {
          if (!node.arg(0).isConst(1)) {
            return false;
          }
          open.push(node.arg(1));
        }
        case MUL, MIN, MAX -> node.args().forEach(open::push);
        case SELECT -> node.args().subList(1, 3).forEach(open::push);
        default -> {
          return false;
        }
      }
    }
    return true;
  }

  private void open() {
    if (++depth > Formula.DEEPEST) {
      throw new FormulaException(
          "more than " + Formula.DEEPEST + " parentheses are open",
          text,
          token().position(),
          "at most " + Formula.DEEPEST + " nested parentheses");
    }
    at++;
  }

  private void close(String expected) {
    if (!accept(")")) {
      throw error(token(), expected);
    }
    depth--;
  }

  private FormulaToken token() {
    return tokens.get(at);
  }

  private boolean accept(String symbol) {
    boolean accepted = token().is(symbol);
    at += accepted ? 1 : 0;
    return accepted;
  }

  private FormulaException error(FormulaToken found, String expected) {
    return new FormulaException(found.shown(), text, found.position(), expected);
  }
}
