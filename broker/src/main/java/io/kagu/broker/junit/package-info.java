/**
 * Kafka for tests: one real broker per JVM, shared by all test classes.
 *
 * <p>Only test code may use it. Whoever does brings JUnit; Testcontainers is optional.
 */
@NullMarked
package io.kagu.broker.junit;

import org.jspecify.annotations.NullMarked;
