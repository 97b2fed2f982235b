/**
 * Makes the calls to GPU servers, on virtual threads, and publishes how they ended; says several
 * times a second which calls it has. Knows nothing of waiting order or job states, and never calls
 * back into the stream task: outcomes go through a topic only.
 */
package io.kagu.dispatcher.executor;
