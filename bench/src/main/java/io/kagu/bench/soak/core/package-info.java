/** What the samples of a long run say. No clock, process or file may enter. */
package io.kagu.bench.soak.core;
