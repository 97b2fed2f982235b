package io.kagu.statusapi.web;

import io.kagu.common.codec.BadJsonException;
import io.kagu.common.codec.Json;
import io.kagu.common.http.ReplicaAddress;
import io.kagu.common.job.JobView;
import io.kagu.statusapi.core.LetterHead;
import io.kagu.statusapi.core.RequeueRequest;
import io.kagu.statusapi.core.RequeueTarget;
import io.kagu.statusapi.fold.Owner;
import io.kagu.statusapi.peer.PeerAnswers;
import io.kagu.statusapi.peer.PeerReply;
import io.kagu.statusapi.peer.PeerRequest;
import io.kagu.statusapi.query.DeadLetterCommands;
import io.kagu.statusapi.query.DeadLetters.Selection;
import io.kagu.statusapi.query.RequeueClient;

import org.apache.kafka.streams.errors.InvalidStateStoreException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lets a requeue run of one replica see the letters of all, and has each letter requeued where it
 * is. So order, limit, canaries and rate hold for the whole.
 */
public final class GatheredRequeues implements RequeueClient {

    /** Where another replica is asked for its part, by POST. */
    static final String PATH = "/v1/dlq:select";

    private static final Duration SELECTION = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final RequeueClient here;
    private final Replicas replicas;

    /**
     * @param here sees and does what this replica can
     */
    public GatheredRequeues(RequeueClient here, Replicas replicas) {
        this.here = here;
        this.replicas = replicas;
    }

    /**
     * The letters of one replica.
     *
     * @param partitions that were looked at
     * @param more whether others match beyond the limit
     */
    record Part(Set<Integer> partitions, List<LetterHead> heads, boolean more) {

        Part {
            partitions = Set.copyOf(partitions);
            heads = List.copyOf(heads);
        }
    }

    /** The letters of this replica alone. */
    Part part(RequeueRequest request) {
        // Named before they are looked at: what is lost meanwhile fails the look.
        Set<Integer> partitions = replicas.own();
        Selection selection = here.select(request);
        return new Part(partitions, selection.heads(), selection.more());
    }

    @Override
    public Selection select(RequeueRequest request) {
        PeerAnswers asked =
                PeerAnswers.ask(
                        replicas.peers(),
                        replicas.others(),
                        PeerRequest.post(PATH, Json.write(request), SELECTION));
        List<Part> parts = new ArrayList<>();
        parts.add(part(request));
        parts.addAll(asked.await(Part.class));
        requireAll(parts);
        List<LetterHead> heads =
                parts.stream()
                        .flatMap(part -> part.heads().stream())
                        .sorted(Comparator.comparing(LetterHead::place))
                        .toList();
        boolean more = heads.size() > request.limit() || parts.stream().anyMatch(Part::more);
        return new Selection(heads.stream().limit(request.limit()).toList(), more);
    }

    /** A run that left some letters out unseen would not be what was asked for. */
    private void requireAll(List<Part> parts) {
        Set<Integer> looked = new HashSet<>();
        parts.forEach(part -> looked.addAll(part.partitions()));
        if (looked.size() < replicas.owners().all().size()) {
            throw new InvalidStateStoreException("not all replicas told their dead letters");
        }
    }

    @Override
    public DeadLetterCommands.Answer requeue(RequeueTarget target) {
        return switch (replicas.owners().ofJob(target.id())) {
            case Owner.Here() -> here.requeue(target);
            case Owner.There(var address) -> requeue(address, target);
            case Owner.Unknown() -> new DeadLetterCommands.Answer.NotReady();
        };
    }

    private DeadLetterCommands.Answer requeue(ReplicaAddress there, RequeueTarget target) {
        String path = "/v1/dlq/%s/requeue?run=%d".formatted(target.id(), target.run());
        return switch (status(there, new PeerRequest("POST", path, Map.of(), PATIENCE))) {
            case 202 -> new DeadLetterCommands.Answer.Stored(target.id(), target.run());
            case 404, 409 -> new DeadLetterCommands.Answer.Absent();
            default -> new DeadLetterCommands.Answer.NotReady();
        };
    }

    private int status(ReplicaAddress there, PeerRequest question) {
        return replicas.peers().ask(there, question).join()
                        instanceof PeerReply.Answered(var response)
                ? response.statusCode()
                : 0;
    }

    @Override
    public Optional<JobView> view(String jobId) {
        return switch (replicas.owners().ofJob(jobId)) {
            case Owner.Here() -> here.view(jobId);
            case Owner.There(var address) -> view(address, jobId);
            case Owner.Unknown() -> Optional.empty();
        };
    }

    private Optional<JobView> view(ReplicaAddress there, String jobId) {
        PeerRequest question = PeerRequest.get("/v1/jobs/" + jobId, PATIENCE);
        try {
            return replicas.peers().ask(there, question).join()
                                    instanceof PeerReply.Answered(var response)
                            && response.statusCode() == 200
                    ? Optional.of(Json.read(response.body(), JobView.class))
                    : Optional.empty();
        } catch (BadJsonException _) {
            return Optional.empty();
        }
    }
}
