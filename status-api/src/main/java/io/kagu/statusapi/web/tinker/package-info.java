/**
 * The route at which Tinker clients ask for results; all others of theirs belong to the ingest
 * service. Thin: what is said is made in {@code core.tinker}.
 */
package io.kagu.statusapi.web.tinker;
