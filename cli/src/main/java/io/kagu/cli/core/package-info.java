/**
 * What a run of a file decides, purely: reading lines, naming jobs, resuming, the order of polls,
 * progress and summary as text. No HTTP, file, thread, clock or logger may enter; time is an
 * argument.
 */
package io.kagu.cli.core;
