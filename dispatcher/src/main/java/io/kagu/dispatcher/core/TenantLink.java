package io.kagu.dispatcher.core;

/** A link of the ring that a {@link TenantLine} is: the line itself, or one of its tickets. */
class TenantLink {

    TenantLink before = this;
    TenantLink after = this;
}
