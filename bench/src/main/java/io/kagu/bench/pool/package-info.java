/** The dispatcher's core as the benchmarks drive it. The only package that knows its commands. */
package io.kagu.bench.pool;
