/**
 * Carries a file of jobs through a server: files, threads and the terminal around the decisions of
 * {@code core}. Rules about lines, resuming or text belong there, not here.
 */
package io.kagu.cli.run;
