/**
 * Who owns which tasks: a rule that sees no Kafka, and the Kafka Streams assignor that follows it.
 */
@NullMarked
package io.kagu.dispatcher.sharing;

import org.jspecify.annotations.NullMarked;
