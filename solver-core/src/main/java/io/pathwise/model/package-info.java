/** The catalogue of models, one family a file. */
package io.pathwise.model;
