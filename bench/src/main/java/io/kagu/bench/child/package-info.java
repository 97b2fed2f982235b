/** Measured parts as child processes that are asked over a line protocol. No measuring here. */
package io.kagu.bench.child;
