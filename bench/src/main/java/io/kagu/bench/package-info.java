/** Benchmarks that hold Kagu against simpler ways, in the same run on the same machine. */
package io.kagu.bench;
