package io.kagu.broker;

import io.kagu.broker.BrokerStartException.Reason;
import io.kagu.broker.ParentLine.Failing;
import io.kagu.broker.ParentLine.Starting;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One attempt to start a broker: launches the child, hears its answer, waits until it serves. */
final class BrokerStart {

    // A child waits up to ten seconds for the folder before it answers.
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);
    // Much data after a crash takes a while to check.
    private static final Duration SERVE_LIMIT = Duration.ofMinutes(2);

    private final BrokerConfig config;
    private final DataFolder folder;
    private final Process child;
    private final ChildOutput output;

    BrokerStart(BrokerConfig config) {
        this.config = config;
        this.folder = new DataFolder(config.dataDir());
        this.child = ChildLaunch.start(config);
        this.output = ChildOutput.of(child);
    }

    EmbeddedBroker run() {
        boolean started = false;
        try {
            int port = port();
            if (!new Readiness(child, port).await(SERVE_LIMIT)) {
                throw child.isAlive() ? timedOut() : ended(port);
            }
            started = true;
            return new EmbeddedBroker(child, port, folder);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("interrupted");
        } finally {
            if (!started) {
                child.destroyForcibly();
            }
        }
    }

    private int port() throws InterruptedException {
        try {
            ParentLine answer = output.answer().get(ANSWER_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            return switch (answer) {
                case Starting(int port) -> port;
                case Failing(Reason reason, String message) ->
                        throw new BrokerStartException(reason, message);
            };
        } catch (ExecutionException e) {
            throw failed(output.lastLines());
        } catch (TimeoutException e) {
            throw timedOut();
        }
    }

    private BrokerStartException ended(int port) {
        String errors = LogDiagnosis.lastErrors(folder.log());
        if (errors.contains("Address already in use") || errors.contains("BindException")) {
            return Ports.busy(port);
        }
        if (errors.contains("No space left on device")) {
            return failed("no space is left on the disk of data folder " + folder.root());
        }
        boolean foreignSettings = errors.contains("ConfigException");
        return errors.isEmpty() || foreignSettings || !config.properties().isEmpty()
                ? failed(errors)
                : folder.damaged(errors);
    }

    private BrokerStartException timedOut() {
        return new BrokerStartException(
                Reason.TIMED_OUT,
                "Kafka did not come up in time. %s Log: %s"
                        .formatted(LogDiagnosis.lastErrors(folder.log()), folder.log()));
    }

    private BrokerStartException failed(String why) {
        return new BrokerStartException(
                Reason.FAILED, "Kafka could not start: %s. Log: %s".formatted(why, folder.log()));
    }
}
