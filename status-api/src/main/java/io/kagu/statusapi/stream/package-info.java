/**
 * Server-sent events: connections that are written to without a thread of their own, and what is
 * told over them.
 */
package io.kagu.statusapi.stream;
