/** Tests of the package of the same name. */
package io.kagu.cli.command;
