/**
 * The GPU registry: specs, the rules that a whole set of them must keep, and how it is read from
 * YAML and from its topic; and what is known of each GPU's load. Decides nothing about jobs.
 */
package io.kagu.common.gpu;
