/** The commands of the {@code kagu} program: options in, exit code out. No logic of their own. */
package io.kagu.cli.command;
