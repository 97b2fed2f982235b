package io.kagu.bench.status;

import io.kagu.bench.service.Http;
import io.kagu.bench.service.ServiceProcess;
import io.kagu.bench.status.core.NumberedJobs;
import io.kagu.bench.status.core.Question;
import io.kagu.broker.Ports;
import io.kagu.common.codec.Json;
import io.kagu.common.kafka.KafkaClients;
import io.kagu.common.kafka.KafkaConfig;
import io.kagu.common.topic.TopicConfig;
import io.kagu.common.topic.TopicProvisioner;
import io.kagu.common.topic.TopicTable;
import io.kagu.common.topic.Topics;
import io.kagu.statusapi.core.ListPlace;
import io.kagu.statusapi.fold.FoldStreams;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** A status-api in a process of its own that has folded some jobs, and what can be asked of it. */
final class FilledStore implements AutoCloseable {

    private static final int MAX_BYTES = 1 << 20;
    private static final int PARTITIONS = 8;
    private static final int RETENTION_HOURS = 24;
    private static final int FILL_LINGER_MILLIS = 5;
    private static final int PAGE = 50;
    private static final Duration CHECK = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    private final TopicConfig topics;
    private final KafkaClients clients;
    private final NumberedJobs jobs;
    private final OwnerVoice owner;
    private final StatusLaunch launch;
    private ServiceProcess service;

    private FilledStore(String bootstrap, String name, NumberedJobs jobs, Path folder)
            throws InterruptedException {
        this.topics =
                new TopicConfig(
                        name + ".", PARTITIONS, (short) 1, MAX_BYTES, MAX_BYTES, RETENTION_HOURS);
        this.clients = new KafkaClients(KafkaConfig.of(bootstrap), topics);
        this.jobs = jobs;
        try (Admin admin = clients.admin("bench-setup")) {
            new TopicProvisioner(admin).ensure(TopicTable.of(topics));
        }
        this.owner = OwnerVoice.start(clients, names().queueStatus(), jobs);
        this.launch =
                new StatusLaunch(
                        bootstrap, topics, new Ports(ThreadLocalRandom.current()).free(), folder);
        this.service = launch.roomy(jobs.count());
    }

    /**
     * Starts it empty.
     *
     * @param folder for its stores and logs
     */
    static FilledStore start(String bootstrap, String name, NumberedJobs jobs, Path folder)
            throws InterruptedException {
        FilledStore store = new FilledStore(bootstrap, name, jobs, folder);
        try {
            store.service.awaitReady();
            return store;
        } catch (RuntimeException | InterruptedException e) {
            store.close();
            throw e;
        }
    }

    /** Ends the service and starts it on what it has stored, with the heap of any other child. */
    void restartAsShipped() throws InterruptedException {
        service.stop();
        service = launch.asShipped();
        service.awaitReady();
    }

    Topics names() {
        return new Topics(topics.prefix());
    }

    KafkaClients clients() {
        return clients;
    }

    NumberedJobs jobs() {
        return jobs;
    }

    URI address() {
        return service.address();
    }

    long pid() {
        return service.pid();
    }

    /**
     * Publishes all jobs and waits until the service has folded them.
     *
     * @throws IllegalStateException if it does not in time
     */
    void fill() throws InterruptedException {
        try (StoreFiller filler = new StoreFiller(clients, names(), FILL_LINGER_MILLIS)) {
            filler.fill(jobs);
        }
        try (Admin admin = clients.admin("bench-progress")) {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (!folded(admin)) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException("the jobs are not folded in time");
                }
                Thread.sleep(CHECK);
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot tell how far the fold is", e);
        }
    }

    private boolean folded(Admin admin) throws InterruptedException, ExecutionException {
        String group = FoldStreams.group(topics);
        Map<TopicPartition, OffsetAndMetadata> read =
                admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata(group).get();
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        for (String topic : List.of(names().events(), names().results())) {
            for (int partition = 0; partition < topics.partitions(); partition++) {
                latest.put(new TopicPartition(topic, partition), OffsetSpec.latest());
            }
        }
        Map<TopicPartition, ListOffsetsResultInfo> ends = admin.listOffsets(latest).all().get();
        return ends.entrySet().stream()
                .allMatch(end -> {
                    OffsetAndMetadata at = read.get(end.getKey());
                    return end.getValue().offset() == (at == null ? 0 : at.offset());
                });
    }

    /** Targets for every job by id, each once. */
    List<String> each() {
        return IntStream.range(0, jobs.count()).mapToObj(this::job).toList();
    }

    /** So many targets for a kind of question, each drawn from all jobs that it can be about. */
    List<String> targets(Question question, int count, long seed) {
        Random random = new Random(seed);
        return IntStream.range(0, count).mapToObj(_ -> target(question, random)).toList();
    }

    private String target(Question question, Random random) {
        return switch (question) {
            case BY_ID -> job(random.nextInt(jobs.count()));
            case POSITION -> job(waiting(random));
            case POLL -> job(waiting(random)) + "/result?wait=0";
            case PAGE -> page(random);
            case FILTERED_PAGE -> page(random) + "&model=" + NumberedJobs.filteredModel();
        };
    }

    private int waiting(Random random) {
        return jobs.waiting(random.nextInt(jobs.waiting()));
    }

    private String job(int number) {
        return "/v1/jobs/" + jobs.id(number);
    }

    /** As one that follows the cursors would ask, anywhere but at the very end. */
    private String page(Random random) {
        int number = jobs.count() / 2 + random.nextInt(jobs.count() / 2);
        ListPlace place = new ListPlace(jobs.submittedAt(number).toEpochMilli(), jobs.id(number));
        return "/v1/jobs?limit=" + PAGE + "&cursor=" + place.cursor();
    }

    /**
     * Holds the answers to what was published: else it would be fast and wrong.
     *
     * @throws IllegalStateException naming the answer that is wrong
     */
    void check() throws InterruptedException {
        for (int number = 0; number < jobs.count(); number += Math.max(1, jobs.count() / PAGE)) {
            String state = Json.tree(body(job(number))).path("state").asText();
            require(state.equals(jobs.state(number).name()), job(number));
        }
        Random random = new Random(0);
        require(Json.tree(body(page(random))).path("jobs").size() == PAGE, "a page");
        String waiting = job(waiting(random));
        require(Json.tree(body(waiting)).has("queue_position"), waiting);
    }

    /** An answer's body. */
    byte[] body(String target) throws InterruptedException {
        return Http.get(address().resolve(target))
                .filter(answer -> answer.statusCode() == 200)
                .map(HttpResponse::body)
                .orElseThrow(() -> new IllegalStateException("no answer to " + target))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void require(boolean right, String target) {
        if (!right) {
            throw new IllegalStateException("the answer is wrong: " + target);
        }
    }

    @Override
    public void close() {
        owner.close();
        service.close();
    }
}
