/**
 * How the domain is written into Kafka records and JSON, and read back. Every shape has a schema
 * version; readers ignore what they do not know.
 */
package io.kagu.common.codec;
