/**
 * A simulated GPU: an OpenAI-compatible inference server and its sidecar, over real HTTP.
 *
 * <p>Here belong the engine's queue and timing, the bodies it answers with, what its sidecar
 * claims, the faults that can be switched on and the log of calls it received. It knows of Kagu
 * only the two request headers that name a job and its attempt: no Kafka, no domain type and no
 * command line may enter, so that what it says about the dispatcher is an independent word.
 */
package io.kagu.local.gpu;
