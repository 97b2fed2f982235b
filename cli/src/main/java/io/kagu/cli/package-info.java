/**
 * The {@code kagu} program: its entry point, exit codes and how errors are said. The commands are
 * in {@code command}; nothing here knows a job.
 */
package io.kagu.cli;
