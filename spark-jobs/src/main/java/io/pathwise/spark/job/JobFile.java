package io.pathwise.spark.job;

import com.typesafe.config.Config;
import io.pathwise.adjoint.GradientMethod;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a job file: HOCON, over which stand the settings of the command line and under which stands
 * {@code reference.conf}.
 */
public final class JobFile {
  /** The keys at the top of a job file, besides Spark's. */
  static final Set<String> KEYS =
      Set.of(
          "job",
          "name",
          "as-of",
          "model",
          "simulation",
          "gpu",
          "trades",
          "sensitivities",
          GradientSpec.KEY,
          GradientSpec.SENSITIVITY,
          CheckpointSpec.KEY,
          BranchSpec.KEY,
          CalibrationReader.KEY,
          "pathwise");

  private final Problems problems;
  private final Section job;
  private final Attachments attachments;

  private JobFile(Problems problems, Section job, Attachments attachments) {
    this.problems = problems;
    this.job = job;
    this.attachments = attachments;
  }

  /**
   * Reads and checks a job.
   *
   * @param file the job file; files it refers to are relative to its folder
   * @param overrides settings of the command line by key path; a key that starts with "spark." is a
   *     setting of Spark
   * @throws BadJobException with every problem: its key path, value, place, and what was expected
   */
  public static JobSpec load(Path file, Map<String, String> overrides) {
    return load(file, overrides, Surroundings.NONE);
  }

  /**
   * What a job is read with besides its file.
   *
   * @param master Spark's master for rows that stand in tables, where one is asked for; a job
   *     without such rows starts no session
   * @param today the date that quotes and published fits are looked up for where the job has none
   */
  public record Surroundings(Optional<String> master, Optional<LocalDate> today) {
    private static final Surroundings NONE = new Surroundings(Optional.empty(), Optional.empty());
  }

  /**
   * Reads and checks a job.
   *
   * @param file the job file; files it refers to are relative to its folder
   * @param overrides settings of the command line by key path
   * @throws BadJobException with every problem
   */
  public static JobSpec load(Path file, Map<String, String> overrides, Surroundings around) {
    Problems problems = new Problems();
    Config text = JobText.parse(file, problems);
    Path folder = file.toAbsolutePath().normalize().getParent();
    return load(text, new Place(nameOf(file), folder, around), overrides, problems);
  }

  /** What a job file does not say itself: its name, its folder and what is around it. */
  private record Place(String name, Path folder, Surroundings around) {}

  /**
   * Reads and checks a job that was stored resolved, such as {@link JobSpec#configText}.
   *
   * @param text HOCON
   * @param origin where the text comes from, for messages
   * @param folder what files it refers to are relative to
   * @throws BadJobException with every problem
   */
  public static JobSpec stored(
      String text, String origin, Path folder, Map<String, String> overrides) {
    Problems problems = new Problems();
    Place place = new Place("job", folder, Surroundings.NONE);
    return load(JobText.parse(text, origin, problems), place, overrides, problems);
  }

  /** The directory of checkpoints in the resolved text of a job; nothing where it has none. */
  public static Optional<String> checkpointDir(String text) {
    Problems problems = new Problems();
    Config job = JobText.parse(text, "job", problems);
    problems.throwIfAny();
    return job.hasPath("checkpoint.dir")
        ? Optional.of(job.getString("checkpoint.dir"))
        : Optional.empty();
  }

  private static JobSpec load(
      Config text, Place place, Map<String, String> overrides, Problems problems) {
    Config commandLine = Layers.commandLine(overrides, problems);
    problems.throwIfAny();
    Config resolved = Layers.merge(commandLine, text, Layers.reference(), problems);
    Section job = Section.of("", resolved.root(), problems);
    Attachments attachments =
        new Attachments(
            place.folder(),
            SessionSettings.besideJob(job),
            () -> session(resolved, place.name(), place.around().master()));
    return new JobFile(problems, job, attachments).read(place, resolved);
  }

  /** What a session of the job is made from; nothing where that is wrong, which is said later. */
  private static Optional<RowReader.Session> session(
      Config resolved, String name, Optional<String> master) {
    Problems own = new Problems();
    Section job = Section.of("", resolved.root(), own);
    SessionSettings settings = SessionSettings.read(job, resolved);
    String application = job.text("name").orElse(name);
    return own.count() > 0
        ? Optional.empty()
        : Optional.of(new RowReader.Session(application, master, settings));
  }

  private JobSpec read(Place place, Config resolved) {
    Path folder = place.folder();
    Optional<JobKind> kind = kind();
    boolean prices = kind.equals(Optional.of(JobKind.PRICE));
    String name = job.text("name").orElse(place.name());
    Optional<LocalDate> asOf = job.date("as-of");
    Optional<LocalDate> date = asOf.or(place.around()::today);
    if (kind.equals(Optional.of(JobKind.CALIBRATE))) {
      return new CalibrateJob(problems, job, attachments).read(name, date, folder, resolved);
    }
    Optional<CalibratedReader.Completed> completed =
        CalibratedReader.complete(job, resolved, date, attachments);
    Optional<ModelSpec> model =
        completed.flatMap(
            found ->
                ModelReader.read(Section.of("", found.config().root(), problems), attachments));
    int before = problems.count();
    List<TradeSpec> trades = TradesReader.read(job, attachments);
    if (prices && trades.isEmpty() && problems.count() == before) {
      job.complain("trades", "expected at least one trade to value");
    }
    Optional<SimulationSpec> simulation = SimulationReader.read(job, kind, trades, model);
    GradientSpec gradient = GradientSpec.read(job);
    List<String> sensitivities =
        SensitivitiesReader.read(job, kind, model, gradient.pathwise() ? trades : List.of());
    boolean declared = problems.count() == 0;
    SessionSettings session = SessionSettings.read(job, resolved);
    GpuSpec gpu = GpuSpec.read(job);
    Optional<CheckpointSpec> checkpoint = CheckpointSpec.read(job);
    Optional<BranchSpec> branch = BranchSpec.read(job);
    if (job.has(CalibrationReader.KEY)) {
      job.complain(CalibrationReader.KEY, "expected no such key, or job = calibrate");
    }
    job.know(resolved.root().keySet().stream().filter(SparkKeys::isSpark).toArray(String[]::new));
    job.finish("key");
    if (model.isPresent() && simulation.isPresent()) {
      List<String> differentiated = prices ? sensitivities : List.of();
      int sound = problems.count();
      Combination.check(
          job, prices ? trades : List.of(), model.get(), simulation.get(), differentiated);
      if (declared && problems.count() == sound) {
        gradient =
            DerivativeCheck.resolve(
                job,
                Declaration.of(model.get(), simulation.get(), trades, differentiated, gradient));
      }
      boolean swept = gradient.method() != GradientMethod.TANGENT;
      CheckpointSpec.check(job, checkpoint, swept ? differentiated : List.of(), simulation.get());
      BranchSpec.check(
          job, branch, checkpoint, !differentiated.isEmpty(), model.get(), simulation.get());
      EstimatorSpec.check(
          job,
          new JobSpec.Draft(
              prices, model.get(), simulation.get(), checkpoint.isPresent(), branch.isPresent()));
    }
    problems.throwIfAny();
    Config complete = completed.orElseThrow().config();
    Config named = gradient.named(SchemeReader.named(complete, simulation.orElseThrow().scheme()));
    List<String> notes = new ArrayList<>(completed.orElseThrow().notes());
    notes.addAll(notes(kind.orElseThrow(), model.orElseThrow(), trades, sensitivities));
    return new JobSpec(
        kind.orElseThrow(),
        name,
        model.orElseThrow(),
        simulation.orElseThrow(),
        gpu,
        prices ? trades : List.of(),
        prices ? sensitivities : List.of(),
        gradient,
        Optional.empty(),
        Optional.empty(),
        session,
        checkpoint,
        branch,
        asOf,
        new JobSpec.Source(folder.toString()),
        named,
        Identity.canonical(named, attachments.digests(), attachments.used()),
        notes);
  }

  /** What to do; nothing where that is not known or not available. */
  private Optional<JobKind> kind() {
    JobKind kind = job.requiredChoice("job", JobKind.class);
    if (job.choice("job", JobKind.class).isEmpty()) {
      return Optional.empty();
    }
    if (kind == JobKind.RISK || kind == JobKind.TRAIN) {
      job.complain(
          "job", "not available in this version, expected one of simulate, price, calibrate");
      return Optional.empty();
    }
    return Optional.of(kind);
  }

  private static String nameOf(Path file) {
    Path name = file.getFileName();
    return name == null ? "job" : name.toString().replaceFirst("\\.(conf|json|hocon)$", "");
  }

  private static List<String> notes(
      JobKind kind, ModelSpec model, List<TradeSpec> trades, List<String> sensitivities) {
    List<String> notes = new ArrayList<>();
    if (kind == JobKind.SIMULATE && !trades.isEmpty()) {
      notes.add(trades.size() + " trades are not valued: job = simulate");
    }
    if (kind == JobKind.SIMULATE && !sensitivities.isEmpty()) {
      notes.add("sensitivities are not computed: job = simulate");
    }
    for (String name : Greek.taken(sensitivities, model)) {
      notes.add(
          "sensitivities: %s is the parameter of the model, expected %s for the Greek"
              .formatted(name, Greek.unmistakable(name)));
    }
    return notes;
  }
}
