/**
 * The HTTP client of a Kagu server. Every expected answer is a value; nothing here retries or
 * decides.
 */
package io.kagu.cli.client;
