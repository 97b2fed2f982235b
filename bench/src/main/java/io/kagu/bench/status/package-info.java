/** How fast a status-api answers about many jobs, and how soon it shows what happened. */
package io.kagu.bench.status;
