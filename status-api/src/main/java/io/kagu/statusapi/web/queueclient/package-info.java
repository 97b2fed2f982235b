/**
 * The routes that clients of older job queues call: translates the answers of the other routes into
 * their words. No rule lives here. Times are epoch seconds, and what is not known is null.
 */
package io.kagu.statusapi.web.queueclient;
