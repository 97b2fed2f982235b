package io.kagu.bench.chaos;

import io.kagu.bench.chaos.core.Evidence;
import io.kagu.bench.chaos.core.FleetPlan;
import io.kagu.bench.chaos.core.Incident;
import io.kagu.bench.chaos.core.JobTrail;
import io.kagu.bench.chaos.core.SeenCall;
import io.kagu.bench.chaos.core.SentJob;
import io.kagu.common.codec.BadJsonException;
import io.kagu.common.codec.BadRecordException;
import io.kagu.common.codec.JobEventReader;
import io.kagu.common.codec.JobResult;
import io.kagu.common.job.JobEvent;
import io.kagu.common.kafka.KafkaClients;
import io.kagu.common.kafka.TopicFollower;
import io.kagu.common.topic.Topics;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Notes what was acknowledged, what the topics tell of each job, and which faults there were. */
final class Witness implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Witness.class);

    private final SortedMap<String, SentJob> acknowledged = new TreeMap<>();
    private final SortedMap<String, JobTrail> trails = new TreeMap<>();
    private final List<Incident> incidents = new ArrayList<>();
    private final List<TopicFollower> followers;
    private int ended;

    Witness(KafkaClients clients, Topics topics) {
        followers =
                List.of(
                        follow(clients, topics.events(), this::event),
                        follow(clients, topics.results(), this::result),
                        follow(clients, topics.deadLetters(), this::deadLetter));
        followers.forEach(follower -> follower.caughtUp().join());
    }

    private static TopicFollower follow(
            KafkaClients clients, String topic, TopicFollower.Handler handler) {
        return TopicFollower.start(
                clients,
                topic,
                TopicFollower.From.BEGINNING,
                row -> {
                    try {
                        handler.handle(row);
                    } catch (BadJsonException | BadRecordException e) {
                        LOG.atDebug().addKeyValue("topic", topic).log("garbage");
                    }
                });
    }

    private synchronized void event(ConsumerRecord<String, byte[]> row) {
        JobEvent event = JobEventReader.read(row.value());
        JobTrail trail = trail(event.job().id());
        boolean before = trail.ended();
        trail.add(event);
        if (!before && trail.ended() && acknowledged.containsKey(event.job().id())) {
            ended++;
        }
    }

    private synchronized void result(ConsumerRecord<String, byte[]> row) {
        JobResult result = JobResult.read(row.headers());
        trail(row.key()).addResult(result.attempt(), result.gpu(), result.endedAt());
    }

    private synchronized void deadLetter(ConsumerRecord<String, byte[]> row) {
        trail(row.key()).addDeadLetter();
    }

    private JobTrail trail(String job) {
        return trails.computeIfAbsent(job, _ -> new JobTrail());
    }

    synchronized void acknowledged(SentJob job) {
        boolean first = acknowledged.put(job.id(), job) == null;
        if (first && trails.containsKey(job.id()) && trail(job.id()).ended()) {
            ended++;
        }
    }

    synchronized void happened(Incident incident) {
        incidents.add(incident);
    }

    /** Jobs that were acknowledged and have not ended. */
    synchronized int underway() {
        return acknowledged.size() - ended;
    }

    /** Jobs that were acknowledged, the latest ones by id last. */
    synchronized List<SentJob> acknowledged() {
        return List.copyOf(acknowledged.values());
    }

    /** All that was seen; to be asked for once nothing more comes. */
    synchronized Evidence evidence(FleetPlan fleet, List<SeenCall> calls) {
        return new Evidence(fleet, acknowledged, trails, calls, incidents);
    }

    @Override
    public void close() {
        followers.forEach(TopicFollower::close);
    }
}
