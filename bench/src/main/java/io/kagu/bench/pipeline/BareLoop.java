package io.kagu.bench.pipeline;

import io.kagu.common.codec.CloudEventHeaders;
import io.kagu.common.job.Job;
import io.kagu.common.job.Priority;
import io.kagu.common.kafka.KafkaClients;
import io.kagu.common.topic.Topics;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The least that moves jobs from a topic to a GPU and responses into another: one consumer, as many
 * calls at a time as the GPU has slots, one producer. No order, retry, state or status; offsets are
 * committed by the clock, so it loses jobs in a crash.
 */
final class BareLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BareLoop.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration CLOSE = Duration.ofSeconds(2);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final long CALL_SECONDS = 300;
    private static final int LINGER_MILLIS = 1;
    private static final int MAX_TRIES = 5;

    private final URI address;
    private final String results;
    private final Consumer<String, byte[]> consumer;
    private final Producer<String, byte[]> producer;
    private final HttpClient http;
    private final Semaphore slots;
    private final Thread loop;

    private BareLoop(SideSetup setup) {
        KafkaClients clients = new KafkaClients(setup.kafka(), setup.topics());
        Topics topics = new Topics(setup.prefix());
        address = setup.gpus().getFirst().resolve(Job.DEFAULT_PATH);
        results = topics.results();
        consumer = consumer(clients, setup.prefix() + "bare");
        consumer.subscribe(List.of(topics.jobs(Priority.NORMAL)));
        producer = clients.producer("bare", LINGER_MILLIS);
        http = client();
        slots = new Semaphore(setup.slots());
        loop = Thread.ofPlatform().name("bare-loop").unstarted(this::run);
    }

    static BareLoop start(SideSetup setup) {
        BareLoop bare = new BareLoop(setup);
        bare.loop.start();
        return bare;
    }

    private static Consumer<String, byte[]> consumer(KafkaClients clients, String group) {
        Map<String, Object> settings = clients.base("bare");
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** As the dispatcher's executor sets its own up. */
    private static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_TIMEOUT)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    private void run() {
        try (consumer) {
            while (true) {
                for (ConsumerRecord<String, byte[]> row : consumer.poll(POLL)) {
                    slots.acquire();
                    Thread.ofVirtual().start(() -> call(row));
                }
            }
        } catch (WakeupException | InterruptedException e) {
            // Closed.
        }
    }

    private void call(ConsumerRecord<String, byte[]> row) {
        try {
            String id = text(row, CloudEventHeaders.ID);
            byte[] response = response(request(id, row));
            Future<?> _ = producer.send(new ProducerRecord<>(results, id, response));
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the bare loop lost a job", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            slots.release();
        }
    }

    /** Tries again at once: a connection that broke in the first rush must not end a benchmark. */
    private byte[] response(HttpRequest request)
            throws ExecutionException, TimeoutException, InterruptedException {
        for (int tries = 1; tries < MAX_TRIES; tries++) {
            try {
                return exchange(request);
            } catch (ExecutionException e) {
                LOG.atWarn().addKeyValue("tries", tries).log("call broke");
            }
        }
        return exchange(request);
    }

    private byte[] exchange(HttpRequest request)
            throws ExecutionException, TimeoutException, InterruptedException {
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
                .get(CALL_SECONDS, TimeUnit.SECONDS)
                .body();
    }

    /** With the headers that the executor sends, too. */
    private HttpRequest request(String id, ConsumerRecord<String, byte[]> row) {
        return HttpRequest.newBuilder()
                .uri(address)
                .header("Content-Type", text(row, CloudEventHeaders.CONTENT_TYPE))
                .header("Accept", "*/*")
                .header("X-Request-Id", id)
                .header("X-Kagu-Job", id)
                .header("X-Kagu-Attempt", "1")
                .POST(HttpRequest.BodyPublishers.ofByteArray(row.value()))
                .build();
    }

    private static String text(ConsumerRecord<String, byte[]> row, String header) {
        return new String(row.headers().lastHeader(header).value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws InterruptedException {
        consumer.wakeup();
        loop.join(CLOSE);
        producer.close(CLOSE);
        http.shutdownNow();
    }
}
