/**
 * What Tinker clients are told of a sample: a GPU server's completions become sequences of tokens,
 * an end without a response becomes an error. Pure translation, as all of the core.
 */
package io.kagu.statusapi.core.tinker;
