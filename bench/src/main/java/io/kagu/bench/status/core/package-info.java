/** Which jobs a store holds, what is asked about them, and what the figures mean. Pure. */
package io.kagu.bench.status.core;
