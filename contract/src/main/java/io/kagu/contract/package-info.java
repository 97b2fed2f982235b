/**
 * For tests only: holds what services answer over HTTP to {@code openapi.yaml}. Nothing here may
 * know a route but from that file.
 */
@NullMarked
package io.kagu.contract;

import org.jspecify.annotations.NullMarked;
