/**
 * How replicas ask each other over HTTP: one hop, for what the other has. Knows neither routes nor
 * stores.
 */
package io.kagu.statusapi.peer;
