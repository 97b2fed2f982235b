package io.kagu.dispatcher.core;

import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.job.Job;
import io.kagu.common.job.Priority;
import io.kagu.common.job.QueueStatus.LaneStatus;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** A pool's waiting jobs: the order they go in, and the shares that give each its tag. */
final class FairQueue {

    private final TenantWeights weights;
    private final WaitingOrder order = new WaitingOrder();
    private final FairShares shares = new FairShares(order);
    private final Map<Priority, Integer> live = new EnumMap<>(Priority.class);

    FairQueue(TenantWeights weights) {
        this.weights = weights;
    }

    /** These are the pool's GPUs now. */
    void use(Collection<GpuSpec> gpus) {
        shares.use(gpus);
    }

    /** The tag of a job that comes now. */
    long tag(Job job, String model) {
        return shares.tag(job.priority(), model, job.tenant());
    }

    /** Takes note of a job's move; one without a move before it came new or was restored. */
    void follow(Optional<JobRow> from, JobRow to) {
        Optional<QueuedTicket> left =
                from.filter(row -> row.state() instanceof JobState.Queued).map(this::leave);
        if (to.state() instanceof JobState.Queued) {
            order.add(shares.waits(Ticket.of(to, weights)));
        } else if (to.live()) {
            left.ifPresentOrElse(shares::began, () -> shares.began(Ticket.of(to, weights)));
        }
        Priority lane = to.job().priority();
        int change = (to.live() ? 1 : 0) - (from.filter(JobRow::live).isPresent() ? 1 : 0);
        if (change != 0 && live.merge(lane, change, Integer::sum) == 0) {
            shares.reset(lane);
        }
    }

    private QueuedTicket leave(JobRow row) {
        QueuedTicket ticket = order.remove(row);
        ticket.share().leaves(ticket);
        return ticket;
    }

    /** The first ticket of the highest lane among the models that could run now. */
    Optional<Ticket> first(Predicate<Ticket> canRun) {
        return order.first(canRun);
    }

    /** The first tickets of one model over all lanes, at most {@code limit}. */
    List<Ticket> ofModel(String model, int limit) {
        return order.ofModel(model, limit);
    }

    /** Models that some job waits for, sorted. */
    Collection<String> models() {
        return order.models();
    }

    /** How many jobs go before a queued one; empty for any other. */
    OptionalLong position(JobRow row) {
        return row.state() instanceof JobState.Queued
                ? OptionalLong.of(order.rank(Ticket.of(row, weights)))
                : OptionalLong.empty();
    }

    /** How many jobs of some models go before a queued one; empty for any other. */
    OptionalLong positionAmong(JobRow row, Collection<String> models) {
        return row.state() instanceof JobState.Queued
                ? OptionalLong.of(order.rankAmong(Ticket.of(row, weights), models))
                : OptionalLong.empty();
    }

    /** The ticket of a queued job. */
    Ticket ticket(JobRow row) {
        return Ticket.of(row, weights);
    }

    /** Models that compete with this one for GPUs, itself among them. */
    Collection<String> rivals(String model) {
        return shares.rivals(model);
    }

    int aheadInHigherLanes(Ticket ticket) {
        return order.rank(ticket) - order.rankInLane(ticket);
    }

    int aheadInLane(Ticket ticket) {
        return order.rankInLane(ticket);
    }

    /** Whether a job waits longer because its tenant has its share, and others theirs to get. */
    boolean heldToShare(Ticket ticket) {
        return shares.held(ticket);
    }

    /** Jobs that wait. */
    int size() {
        return Arrays.stream(Priority.values()).mapToInt(order::size).sum();
    }

    /** What can be said of each lane. */
    List<LaneStatus> statuses() {
        return Arrays.stream(Priority.values()).map(this::status).toList();
    }

    private LaneStatus status(Priority lane) {
        Optional<Ticket> oldest = shares.oldest(lane);
        return new LaneStatus(
                lane,
                order.size(lane),
                oldest.map(t -> OptionalLong.of(t.sequence())).orElse(OptionalLong.empty()),
                oldest.map(t -> Instant.ofEpochMilli(t.queuedAt())));
    }
}
