package io.kagu.statusapi.query;

import io.kagu.common.codec.Json;
import io.kagu.common.job.JobCommand;
import io.kagu.common.job.JobView;
import io.kagu.statusapi.core.ViewRow;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks the owners of pools to withdraw jobs. */
public final class Cancels {

    private static final Logger LOG = LoggerFactory.getLogger(Cancels.class);
    private static final Duration STORED = Duration.ofSeconds(5);
    private static final Duration EFFECT = Duration.ofSeconds(1);

    private final JobQuestions jobs;
    private final Producer<String, byte[]> producer;
    private final String topic;
    private final InstantSource clock;

    /**
     * @param topic of the commands
     */
    public Cancels(
            JobQuestions jobs,
            Producer<String, byte[]> producer,
            String topic,
            InstantSource clock) {
        this.jobs = jobs;
        this.producer = producer;
        this.topic = topic;
        this.clock = clock;
    }

    /**
     * Stores the command and waits briefly for its effect; a job that has ended is left alone.
     *
     * @return the job as it is afterwards, or why nothing was asked
     */
    public Lookup cancel(String jobId) {
        Lookup known = jobs.find(jobId);
        if (known instanceof Lookup.Found(var job) && !job.state().terminal()) {
            return store(job) ? effect(job) : new Lookup.NotReady();
        }
        return known;
    }

    private boolean store(JobView job) {
        byte[] command = Json.write(JobCommand.cancel(job.id(), clock.instant()));
        try {
            producer.send(new ProducerRecord<>(topic, job.pool(), command))
                    .get(STORED.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            LOG.atWarn()
                    .addKeyValue("jobId", job.id())
                    .addKeyValue("pool", job.pool())
                    .addKeyValue("fault", e.toString())
                    .log("cancel not stored");
            return false;
        }
    }

    /** A waiting job is withdrawn at once; a running one says that it was asked to stop. */
    private Lookup effect(JobView before) {
        try {
            return jobs.awaitView(
                            before.id(),
                            Deadline.in(EFFECT),
                            row -> row.state().terminal() || isAsked(row))
                    .<Lookup>map(row -> new Lookup.Found(row.view()))
                    .orElseGet(() -> new Lookup.Found(before));
        } catch (InvalidStateStoreException e) {
            return new Lookup.Found(before);
        }
    }

    private static boolean isAsked(ViewRow row) {
        return row.view().cancelRequested();
    }
}
