package io.kagu.statusapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import io.kagu.broker.junit.TestKafka;
import io.kagu.common.codec.JobResult;
import io.kagu.common.codec.Json;
import io.kagu.common.codec.RequeueRecord;
import io.kagu.common.gpu.GpuMetrics;
import io.kagu.common.job.Heartbeat;
import io.kagu.common.job.JobCommand;
import io.kagu.common.job.JobView;
import io.kagu.common.job.PauseCommand;
import io.kagu.common.job.QueueStatus;
import io.kagu.common.kafka.KafkaClients;
import io.kagu.common.kafka.KafkaConfig;
import io.kagu.common.kafka.TopicFollower;
import io.kagu.common.topic.TopicConfig;
import io.kagu.common.topic.TopicProvisioner;
import io.kagu.common.topic.TopicTable;
import io.kagu.common.topic.Topics;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;

/** A status service with its server, and the hands that write to its topics. */
final class StatusUnderTest implements AutoCloseable {

    private static final Duration READY = Duration.ofSeconds(60);

    private final KafkaConfig kafka;
    private final TopicConfig topics;
    private final Topics names;
    private final Producer<String, byte[]> producer;
    private final TopicFollower commands;
    private final Map<String, JobCommand> commandsByJob = new ConcurrentHashMap<>();
    private final Map<String, PauseCommand> pausesByPool = new ConcurrentHashMap<>();
    private final Map<String, String> poolsByJob = new ConcurrentHashMap<>();
    private final List<ConsumerRecord<String, byte[]>> requeues = new CopyOnWriteArrayList<>();

    private final int standbys;
    private Path dir;
    private StatusReplica replica;

    private StatusUnderTest(TestKafka broker, Path stateDir, int standbys) {
        this.standbys = standbys;
        this.kafka = KafkaConfig.of(broker.bootstrapServers());
        this.topics = new TopicConfig(broker.topicPrefix(), 2, (short) 1, 1 << 20, 8 << 20, 72);
        this.names = new Topics(topics.prefix());
        KafkaClients clients = new KafkaClients(kafka, topics);
        try (Admin admin = clients.admin("test")) {
            new TopicProvisioner(admin).ensure(TopicTable.of(topics));
        }
        this.producer = clients.producer("test", 0);
        this.commands =
                TopicFollower.start(
                        clients, names.commands(), TopicFollower.From.BEGINNING, this::command);
        start(stateDir);
    }

    private void command(ConsumerRecord<String, byte[]> row) {
        if (RequeueRecord.is(row.headers())) {
            requeues.add(row);
        } else if (Json.tree(row.value()).has("pause")) {
            pausesByPool.put(row.key(), Json.read(row.value(), PauseCommand.class));
        } else {
            JobCommand command = Json.read(row.value(), JobCommand.class);
            poolsByJob.put(command.jobId(), row.key());
            commandsByJob.put(command.jobId(), command);
        }
    }

    static StatusUnderTest on(TestKafka kafka, Path stateDir) {
        return new StatusUnderTest(kafka, stateDir, 0);
    }

    /** One that keeps a copy of what other replicas have. */
    static StatusUnderTest withStandbys(TestKafka kafka, Path stateDir) {
        return new StatusUnderTest(kafka, stateDir, 1);
    }

    private void start(Path stateDir) {
        dir = stateDir;
        replica = StatusReplica.start(kafka, topics, stateDir, standbys);
    }

    /** One more replica over the same topics. */
    StatusReplica another(Path stateDir, int standbys) {
        return StatusReplica.start(kafka, topics, stateDir, standbys);
    }

    /** The replica that is asked. */
    StatusReplica replica() {
        return replica;
    }

    void restart() {
        restartIn(dir);
    }

    void restartIn(Path stateDir) {
        replica.close();
        start(stateDir);
    }

    void event(JobView view) {
        rawEvent(view.id(), JobStory.event(view));
    }

    void rawEvent(String jobId, byte[] event) {
        send(new ProducerRecord<>(names.events(), jobId, event));
    }

    void result(String jobId, int httpStatus, String contentType, byte[] body) {
        JobResult result =
                new JobResult(
                        jobId, httpStatus, contentType, JobStory.GPU, 1, JobStory.T0, JobStory.T0);
        send(new ProducerRecord<>(names.results(), null, jobId, body, result.headers("test")));
    }

    void letter(LetterStory letter, byte[] body) {
        rawLetter(letter.id(), body, letter.headers());
    }

    void rawLetter(String key, byte @Nullable [] body, Headers headers) {
        send(new ProducerRecord<>(names.deadLetters(), null, key, body, headers));
    }

    /** As the owner does once a job is requeued or its letter discarded. */
    void takeLetterBack(String jobId) {
        rawLetter(jobId, null, new RecordHeaders());
    }

    void queue(QueueStatus queue) {
        send(new ProducerRecord<>(names.queueStatus(), queue.pool(), Json.write(queue)));
    }

    void heartbeat(Heartbeat heartbeat) {
        send(
                new ProducerRecord<>(
                        names.instances(), heartbeat.incarnation(), Json.write(heartbeat)));
    }

    void gpu(String name, byte[] spec) {
        send(new ProducerRecord<>(names.registry(), name, spec));
    }

    void metrics(GpuMetrics metrics) {
        send(new ProducerRecord<>(names.metrics(), metrics.gpu(), Json.write(metrics)));
    }

    private void send(ProducerRecord<String, byte[]> row) {
        try {
            producer.send(row).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The command about a job, once it is there, under its pool's key. */
    JobCommand command(String jobId) {
        return commandUnder(jobId, JobStory.POOL);
    }

    JobCommand commandUnder(String jobId, String pool) {
        JobCommand command = await().until(() -> commandsByJob.get(jobId), found -> found != null);
        assertThat(poolsByJob).containsEntry(jobId, pool);
        return command;
    }

    /** The requeue commands of a job so far. */
    List<ConsumerRecord<String, byte[]>> requeues(String jobId) {
        return requeues.stream().filter(row -> requeue(row).job().id().equals(jobId)).toList();
    }

    static RequeueRecord requeue(ConsumerRecord<String, byte[]> row) {
        return RequeueRecord.read(row.headers(), Instant.ofEpochMilli(row.timestamp()));
    }

    double skipped(String reason) {
        return replica.registry().counter("kagu.status.fold.skipped", "reason", reason).count();
    }

    /** The newest command about a pool as a whole, once it is one of this type. */
    PauseCommand pauseCommand(String pool, PauseCommand.Type type) {
        return await().until(
                        () -> pausesByPool.get(pool),
                        found -> found != null && found.type() == type);
    }

    boolean hasPauseCommand(String pool) {
        return pausesByPool.containsKey(pool);
    }

    boolean hasCommand(String jobId) {
        return commandsByJob.containsKey(jobId);
    }

    double waiting() {
        return replica.registry().get("kagu.status.waiters").gauge().value();
    }

    JsonNode pool(String name) {
        JsonNode queue = Json.tree(get("/v1/queue").body().getBytes(StandardCharsets.UTF_8));
        return queue.path("pools")
                .valueStream()
                .filter(pool -> pool.path("pool").asText().equals(name))
                .findFirst()
                .orElseGet(MissingNode::getInstance);
    }

    HttpResponse<String> get(String path, String... headers) {
        return answer(request(path).GET(), headers);
    }

    HttpResponse<String> post(String path, String body) {
        return answer(request(path).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<byte[]> getBytes(String path) {
        return replica.sendForBytes(request(path).GET()).join();
    }

    HttpResponse<String> delete(String path) {
        return answer(request(path).DELETE());
    }

    CompletableFuture<HttpResponse<String>> getAsync(String path) {
        return replica.send(request(path).GET());
    }

    CompletableFuture<HttpResponse<String>> deleteAsync(String path) {
        return replica.send(request(path).DELETE());
    }

    private HttpRequest.Builder request(String path) {
        return replica.request(path);
    }

    private HttpResponse<String> answer(HttpRequest.Builder request, String... headers) {
        if (headers.length > 0) {
            request.headers(headers);
        }
        // As any client does, it asks again while the stores move or the fold is behind.
        return await().atMost(READY)
                .until(() -> replica.tryOnce(request), answer -> answer.statusCode() != 503);
    }

    @Override
    public void close() {
        replica.close();
        commands.close();
        producer.close();
    }
}
