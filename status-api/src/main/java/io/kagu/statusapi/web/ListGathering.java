package io.kagu.statusapi.web;

import io.javalin.http.Context;
import io.kagu.common.http.ProblemException;
import io.kagu.common.http.ReplicaAddress;
import io.kagu.statusapi.peer.PeerAnswers;
import io.kagu.statusapi.peer.PeerRequest;

import org.apache.kafka.streams.errors.InvalidStateStoreException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Gathers a list from all replicas: each answers for the partitions that it has. */
final class ListGathering {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Replicas replicas;

    ListGathering(Replicas replicas) {
        this.replicas = replicas;
    }

    /**
     * A question for a list.
     *
     * @param target path and query
     * @param forwarded whether another replica asks
     */
    record Question(String target, boolean forwarded) {

        static Question of(Context ctx, String path) {
            return of(path, ctx.queryParamMap(), JobHop.isForwarded(ctx));
        }

        static Question of(String path, Map<String, List<String>> parameters, boolean forwarded) {
            String query = RoutedHandler.query(parameters);
            return new Question(query.isEmpty() ? path : path + "?" + query, forwarded);
        }

        PeerRequest request() {
            return PeerRequest.get(target, PATIENCE);
        }
    }

    /**
     * The answers of all replicas that can say. A request that another replica forwarded is
     * answered from here alone.
     *
     * @param here answers for this replica
     * @throws ProblemException 503 if nobody can say anything
     */
    <T> List<T> answers(Question question, Supplier<T> here, Class<T> type) {
        Set<ReplicaAddress> others = question.forwarded() ? Set.of() : replicas.others();
        PeerAnswers asked = PeerAnswers.ask(replicas.peers(), others, question.request());
        List<T> answers = new ArrayList<>();
        own(here).ifPresent(answers::add);
        answers.addAll(asked.await(type));
        if (answers.isEmpty()) {
            throw new ProblemException(JobProblems.restoring());
        }
        return answers;
    }

    private static <T> Optional<T> own(Supplier<T> here) {
        try {
            return Optional.of(here.get());
        } catch (InvalidStateStoreException e) {
            return Optional.empty();
        }
    }

    /** Of all partitions those that nobody answered for. */
    Set<Integer> missing(Set<Integer> told) {
        Set<Integer> missing = new TreeSet<>();
        for (int partition = 0; partition < replicas.owners().all().size(); partition++) {
            if (!told.contains(partition)) {
                missing.add(partition);
            }
        }
        return missing;
    }
}
