/**
 * Everything that runs on one machine without anything else installed: simulated GPUs in {@code
 * gpu}, the whole system in one process and a broker beside it in {@code stack}.
 */
package io.kagu.local;
