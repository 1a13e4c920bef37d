package io.pathwise.spark.job;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import io.pathwise.scheme.Scheme;
import io.pathwise.scheme.Schemes;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.Sde;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the numerical method, which may be left to the catalogue, and the calculus it works in. */
final class SchemeReader {
  private static final String KEY = "scheme";

  /** The scheme that {@link Schemes#recommended} gives. */
  private static final String AUTO = "auto";

  /** What fits take, whose variances may reach zero at many of the values tried. */
  private static final String FITTED = "heston-qe";

  private final Section section;
  private final Optional<JobKind> kind;
  private final Optional<ModelSpec> model;

  SchemeReader(Section section, Optional<JobKind> kind, Optional<ModelSpec> model) {
    this.section = section;
    this.kind = kind;
    this.model = model;
  }

  /** The calculus that the equation is converted to, where the job says one. */
  Optional<Calculus> calculus() {
    return section.choice("calculus", Calculus.class);
  }

  /** The scheme; the first of the catalogue where the name is wrong or no scheme fits. */
  Scheme scheme(Optional<Calculus> calculus) {
    List<String> names = new ArrayList<>(List.of(AUTO));
    Schemes.all().forEach(scheme -> names.add(scheme.name()));
    if (!section.has(KEY)) {
      section.missing(KEY, "one of " + String.join(", ", names));
    }
    Optional<String> name = section.choice(KEY, names);
    return name.equals(Optional.of(AUTO))
        ? recommended(calculus)
        : name.flatMap(Schemes::find).orElseGet(() -> Schemes.all().get(0));
  }

  private Scheme recommended(Optional<Calculus> calculus) {
    Optional<Sde> sde = model.flatMap(SchemeReader::sound).map(s -> converted(s, calculus));
    try {
      return sde.map(this::recommended).orElseGet(() -> Schemes.all().get(0));
    } catch (IllegalArgumentException none) {
      section.complain(KEY, none.getMessage());
      return Schemes.all().get(0);
    }
  }

  private Scheme recommended(Sde sde) {
    return Schemes.find(FITTED)
        .filter(scheme -> kind.equals(Optional.of(JobKind.CALIBRATE)) && scheme.supports(sde))
        .orElseGet(() -> Schemes.recommended(sde));
  }

  /** The equation, unless its noise is not what it says, which is a problem of its own. */
  static Optional<Sde> sound(ModelSpec model) {
    try {
      return Optional.of(model.sde());
    } catch (IllegalArgumentException wrongStructure) {
      return Optional.empty();
    }
  }

  /** The same process in the calculus asked for. */
  static Sde converted(Sde sde, Optional<Calculus> calculus) {
    if (calculus.isEmpty() || calculus.get() == sde.calculus()) {
      return sde;
    }
    return calculus.get() == Calculus.ITO ? sde.toIto() : sde.toStratonovich();
  }

  /** The configuration that names the scheme of the run, so that its identity does too. */
  static Config named(Config resolved, Scheme scheme) {
    String path = "simulation." + KEY;
    boolean open = resolved.hasPath(path) && resolved.getString(path).equals(AUTO);
    return open
        ? resolved.withValue(path, ConfigValueFactory.fromAnyRef(scheme.name(), AUTO))
        : resolved;
  }
}
