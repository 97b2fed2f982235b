/** What the owner of a pool tells over HTTP. Asks {@code pool}; no policy, no Kafka. */
package io.kagu.dispatcher.web;
