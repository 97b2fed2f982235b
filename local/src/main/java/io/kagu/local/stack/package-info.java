/**
 * The whole system on one machine: a child broker, GPUs, the three services and one HTTP port. Only
 * composition, order of start and end, and folders belong here; the services' own rules may not
 * enter.
 */
package io.kagu.local.stack;
