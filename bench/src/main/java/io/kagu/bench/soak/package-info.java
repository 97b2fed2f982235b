/** A long run of small jobs, and whether memory and disk stay flat while they pass. */
package io.kagu.bench.soak;
