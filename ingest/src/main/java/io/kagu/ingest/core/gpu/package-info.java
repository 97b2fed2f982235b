/**
 * What the front door makes of GPUs' sidecars: which to scrape, how their answers are read, and
 * what health the numbers mean. Pure, as the package above; any bytes give a reading.
 */
package io.kagu.ingest.core.gpu;
