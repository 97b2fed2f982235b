package io.kagu.dispatcher.sharing;

import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.assignment.ApplicationState;
import org.apache.kafka.streams.processor.assignment.AssignmentConfigs;
import org.apache.kafka.streams.processor.assignment.KafkaStreamsAssignment;
import org.apache.kafka.streams.processor.assignment.KafkaStreamsAssignment.AssignedTask;
import org.apache.kafka.streams.processor.assignment.KafkaStreamsState;
import org.apache.kafka.streams.processor.assignment.TaskAssignor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Has a group of dispatchers share its tasks by {@link TaskSharing}; Kafka Streams makes it by its
 * name. The replica that leads the group decides for all, so replicas of other versions may be
 * among them.
 */
public final class OwnerAssignor implements TaskAssignor {

    private static final Logger LOG = LoggerFactory.getLogger(OwnerAssignor.class);

    /** How often a group at rest looks whether the weights are others now. */
    private static final Duration WEIGHTS = Duration.ofMinutes(10);

    private @Nullable TaskWeights weights;

    @Override
    public void configure(Map<String, ?> settings) {
        weights =
                (TaskWeights)
                        Objects.requireNonNull(
                                settings.get(TaskWeights.CONFIG), TaskWeights.CONFIG);
    }

    @Override
    public TaskAssignment assign(ApplicationState group) {
        Set<TaskId> tasks = group.allTasks().keySet();
        // Where the brokers could not be asked, what is left to read is not known of anything.
        Collection<KafkaStreamsState> states = group.kafkaStreamsStates(true).values();
        AssignmentConfigs configs = group.assignmentConfigs();
        Map<String, Integer> known = weights(tasks);
        List<Replica> replicas = states.stream().map(OwnerAssignor::replica).toList();
        Shares shares =
                TaskSharing.share(
                        known,
                        replicas,
                        new TaskSharing.Rules(
                                configs.numStandbyReplicas(),
                                configs.acceptableRecoveryLag(),
                                configs.maxWarmupReplicas()));
        LOG.atInfo()
                .addKeyValue("weights", known)
                .addKeyValue("replicas", replicas)
                .addKeyValue("owned", shares.owned())
                .addKeyValue("copied", shares.copied())
                .addKeyValue("unfinished", shares.unfinished())
                .log("tasks shared out");
        List<KafkaStreamsAssignment> assigned = new ArrayList<>();
        states.forEach(state -> assigned.add(assignment(state, shares, tasks)));
        if (replicas.size() > 1) {
            Duration probing = Duration.ofMillis(configs.probingRebalanceIntervalMs());
            Instant again = Instant.now().plus(shares.unfinished() ? probing : WEIGHTS);
            assigned.set(0, assigned.getFirst().withFollowupRebalance(again));
        }
        return new TaskAssignment(assigned);
    }

    private static Replica replica(KafkaStreamsState state) {
        Set<String> copied = names(state.previousStandbyTasks());
        Map<String, Long> behind = new HashMap<>();
        Map<TaskId, Long> rows = state.statefulTasksToLagSums();
        rows.forEach((task, lag) -> behind.put(task.toString(), Math.max(0, lag)));
        if (rows.isEmpty()) {
            copied.forEach(task -> behind.put(task, 0L));
        }
        return new Replica(
                state.processId().toString(),
                Math.max(1, state.numProcessingThreads()),
                names(state.previousActiveTasks()),
                copied,
                behind);
    }

    private Map<String, Integer> weights(Set<TaskId> tasks) {
        TaskWeights now = Objects.requireNonNull(weights);
        return tasks.stream()
                .collect(
                        Collectors.toMap(TaskId::toString, task -> now.weightOf(task.partition())));
    }

    private static Set<String> names(Collection<TaskId> tasks) {
        return tasks.stream().map(TaskId::toString).collect(Collectors.toSet());
    }

    private static KafkaStreamsAssignment assignment(
            KafkaStreamsState state, Shares shares, Set<TaskId> tasks) {
        String id = state.processId().toString();
        Set<String> owned = shares.owned().getOrDefault(id, Set.of());
        Set<String> copied = shares.copied().getOrDefault(id, Set.of());
        Set<AssignedTask> assigned = new HashSet<>();
        for (TaskId task : tasks) {
            if (owned.contains(task.toString())) {
                assigned.add(new AssignedTask(task, AssignedTask.Type.ACTIVE));
            } else if (copied.contains(task.toString())) {
                assigned.add(new AssignedTask(task, AssignedTask.Type.STANDBY));
            }
        }
        return KafkaStreamsAssignment.of(state.processId(), assigned);
    }
}
