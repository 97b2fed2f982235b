package io.kagu.broker;

/**
 * A further way to a node of a cluster, for clients that are to be told another port than it
 * listens on: that of a proxy between them.
 *
 * @param listen where the node listens
 * @param advertised what it tells clients
 */
public record Route(int listen, int advertised) {}
