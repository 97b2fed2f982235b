/** Tests of the program as a whole: real processes, a real Kafka, simulated GPUs. */
package io.kagu.cli;
