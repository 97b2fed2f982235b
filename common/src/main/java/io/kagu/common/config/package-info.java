/**
 * Reads a service's settings: named sources, one table of keys, and errors that name key, value,
 * source and allowed range. Knows no service; each turns the settings into its own record.
 */
package io.kagu.common.config;
