package io.kagu.dispatcher.core;

import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.job.Priority;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The tags by which the tenants of a lane share its GPUs: start-time fair queueing (Goyal, Vin and
 * Cheng, Start-time Fair Queuing, 1996), with tokens for bytes. A job of {@code tenant} for {@code
 * model} gets, once and for life,
 *
 * <pre>
 * start  = max(min(v, h), F)      finish = start + cost / weight
 * v = max(highest start of a job that began, lowest start of a fresh ticket)
 * h = start of the model's first fresh ticket; v where there is none
 * F = latest finish of the tenant's jobs that began or wait
 * </pre>
 *
 * over the lane and the models that compete for the same GPUs ({@link ModelGroups}). A ticket is
 * fresh until a call of it begins. So:
 *
 * <ul>
 *   <li>Of two tenants of whom fresh jobs for one model wait all the time, and who use no other
 *       model, what was begun for each, divided by its weight, differs by no more than one job of
 *       each, whatever the GPUs do: each one's tags are a chain without gaps, and fresh tickets of
 *       a model begin in the order of tags. {@code v} and {@code h} never break a chain, since they
 *       are no higher than a ticket that waits.
 *   <li>A tenant alone gets first in, first out over all models of a group: {@code F} is above the
 *       start of every job it has.
 *   <li>Who was away starts where the others are: no credit, no debt. {@code h} holds that for a
 *       model whose GPUs were all busy while others moved {@code v} on.
 *   <li>Models of different groups have times of their own, or a tenant that uses a fast one would
 *       stand behind every backlog of a slow one.
 *   <li>A retried job keeps its place and pulls nobody with it: its tag is not fresh. A job that
 *       was cancelled before it began costs nothing, unless later ones of its tenant wait.
 * </ul>
 *
 * <p>All of it is a fold over the rows of live jobs in any order, except for jobs that ended: a
 * rebuild forgets what these cost. Time starts again at 0 when nothing lives in a lane.
 */
final class FairShares {

    private final WaitingOrder order;
    private final ModelGroups groups = new ModelGroups();
    private final Map<Priority, LaneShares> lanes = new EnumMap<>(Priority.class);

    FairShares(WaitingOrder order) {
        this.order = order;
        for (Priority lane : Priority.values()) {
            lanes.put(lane, new LaneShares());
        }
    }

    /** These are the pool's GPUs now. */
    void use(Collection<GpuSpec> gpus) {
        groups.use(gpus);
    }

    /** The start tag of a job that comes now. */
    long tag(Priority lane, String model, String tenant) {
        Collection<String> group = groups.of(model);
        long own = lane(lane).finish(group, tenant);
        long base = virtualTime(lane, group);
        Optional<Ticket> head = order.firstFresh(lane, model);
        return Math.max(head.isPresent() ? Math.min(base, head.get().tag()) : base, own);
    }

    /** How far a lane is with a model and those that compete with it. */
    long virtualTime(Priority lane, String model) {
        return virtualTime(lane, groups.of(model));
    }

    private long virtualTime(Priority lane, Collection<String> group) {
        return Math.max(lane(lane).begun(group), lowestFresh(lane, group).orElse(0));
    }

    private OptionalLong lowestFresh(Priority lane, Collection<String> models) {
        long lowest = Long.MAX_VALUE;
        boolean found = false;
        for (String model : models) {
            Optional<Ticket> head = order.firstFresh(lane, model);
            if (head.isPresent()) {
                lowest = Math.min(lowest, head.get().tag());
                found = true;
            }
        }
        return found ? OptionalLong.of(lowest) : OptionalLong.empty();
    }

    /** Models that compete with this one for GPUs, itself among them. */
    Collection<String> rivals(String model) {
        return groups.of(model);
    }

    /** Whether a ticket's tenant is ahead of the lane while others wait. */
    boolean held(Ticket ticket) {
        Collection<String> group = groups.of(ticket.model());
        return ticket.tag() > virtualTime(ticket.lane(), ticket.model())
                && lane(ticket.lane()).othersWait(group, ticket.tenant());
    }

    /** A ticket comes; to be added to the order, too. */
    QueuedTicket waits(Ticket ticket) {
        LaneShares lane = lane(ticket.lane());
        QueuedTicket queued = lane.share(ticket).waits(ticket);
        if (ticket.begun()) {
            began(queued);
        }
        lane.sweep(model -> floor(ticket.lane(), model));
        return queued;
    }

    /** A call of this ticket's job began. */
    void began(QueuedTicket queued) {
        Ticket ticket = queued.ticket();
        lane(ticket.lane()).began(ticket, queued.share());
    }

    /** A call of the job of a ticket that does not wait began earlier. */
    void began(Ticket ticket) {
        LaneShares lane = lane(ticket.lane());
        lane.began(ticket, lane.share(ticket));
    }

    /** Nothing lives in a lane any more. */
    void reset(Priority lane) {
        lanes.put(lane, new LaneShares());
    }

    private long floor(Priority lane, String model) {
        return lowestFresh(lane, groups.of(model)).orElseGet(() -> virtualTime(lane, model));
    }

    /** The waiting ticket of a lane that came first. */
    Optional<Ticket> oldest(Priority lane) {
        return lane(lane).oldest();
    }

    /** Tenants of a lane that are remembered, once for each model. */
    int remembered(Priority lane) {
        return lane(lane).size();
    }

    private LaneShares lane(Priority lane) {
        return Objects.requireNonNull(lanes.get(lane));
    }
}
