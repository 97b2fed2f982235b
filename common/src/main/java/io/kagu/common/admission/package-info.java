/** From how many waiting jobs a pool takes no more: what ingest decides by and others tell. */
package io.kagu.common.admission;
