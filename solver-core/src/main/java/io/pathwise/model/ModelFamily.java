package io.pathwise.model;

import java.util.List;

/** A catalogue model of as many assets as a job names. */
public interface ModelFamily {

  /** The name in job files. */
  String name();

  /** What it is, with its source. */
  String description();

  /**
   * What is wrong with the names of the assets: of their number, a name that is no identifier, one
   * that is there twice. Empty where nothing is.
   */
  List<String> problems(List<String> assets);

  /**
   * The model of some assets.
   *
   * @throws IllegalArgumentException with all {@link #problems}
   */
  ModelType of(List<String> assets);
}
