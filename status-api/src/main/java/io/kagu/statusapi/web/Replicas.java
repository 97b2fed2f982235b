package io.kagu.statusapi.web;

import io.kagu.statusapi.fold.Owners;
import io.kagu.statusapi.peer.PeerClient;

/** The replicas of this service: which has what, and how they are asked. */
public record Replicas(Owners owners, PeerClient peers) {}
