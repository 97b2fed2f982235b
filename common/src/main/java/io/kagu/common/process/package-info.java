/** How a service's process lives and ends. Nothing of Kafka, HTTP or jobs may enter. */
package io.kagu.common.process;
