package io.kagu.bench.service;

import io.kagu.bench.child.JvmCommand;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** One replica of a service as a process that can be killed, stopped and started again. */
public final class ServiceProcess implements AutoCloseable {

    /** Short-lived JVMs on few cores lose more by compiling well than they gain. */
    private static final List<String> QUICK_START = List.of("-XX:TieredStopAtLevel=1");

    private static final Duration READY_LIMIT = Duration.ofMinutes(3);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final Duration CHECK = Duration.ofMillis(100);

    /** As in production. */
    private static final List<String> NO_OPTIONS = List.of();

    private final String name;
    private final ServiceRole role;
    private final List<String> options;
    private final Map<String, String> settings;
    private final URI address;
    private final Path log;
    private Process process;

    /** How the process is started. */
    private record Launch(ServiceRole role, Map<String, String> settings, List<String> options) {}

    private ServiceProcess(String name, Launch launch, int port, Path log) {
        this.name = name;
        this.role = launch.role();
        this.options = launch.options();
        this.settings = new TreeMap<>(launch.settings());
        this.address = URI.create("http://127.0.0.1:" + port);
        this.log = log;
        this.process = launch();
    }

    /**
     * Starts a replica; it may not be ready yet.
     *
     * @param settings its own and the common ones; the port is added
     * @param dir takes its log
     */
    public static ServiceProcess start(
            String name, ServiceRole role, Map<String, String> settings, int port, Path dir) {
        return start(name, new Launch(role, settings, QUICK_START), port, dir);
    }

    /** The same of one that runs so long that it is worth to compile it well. */
    public static ServiceProcess startLongLived(
            String name, ServiceRole role, Map<String, String> settings, int port, Path dir) {
        return start(name, new Launch(role, settings, NO_OPTIONS), port, dir);
    }

    /** The same with further options of the JVM, such as another heap than children have. */
    public static ServiceProcess startLongLived(
            String name,
            ServiceRole role,
            Map<String, String> settings,
            int port,
            Path dir,
            List<String> options) {
        return start(name, new Launch(role, settings, options), port, dir);
    }

    private static ServiceProcess start(String name, Launch launch, int port, Path dir) {
        return new ServiceProcess(name, launch, port, dir.resolve(name + ".log"));
    }

    private Process launch() {
        List<String> command = JvmCommand.of(ServiceMain.class, options, role.name());
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(key -> key.startsWith("KAGU_"));
        builder.environment().putAll(settings);
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name, e);
        }
    }

    public String name() {
        return name;
    }

    /** Base of its HTTP routes. */
    public URI address() {
        return address;
    }

    /** Of the process that runs, or ran last. */
    public synchronized long pid() {
        return process.pid();
    }

    /** kill -9. */
    public synchronized void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /**
     * Asks it to end and waits until it has. By the handle: the process itself would close its
     * input, too, which the child takes for its parent's end.
     */
    public synchronized void stop() throws InterruptedException {
        process.toHandle().destroy();
        if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            kill();
        }
    }

    /** Starts it anew and waits until it is ready. */
    public void restart() throws InterruptedException {
        synchronized (this) {
            process = launch();
        }
        awaitReady();
    }

    /**
     * Waits until it takes part.
     *
     * @throws IllegalStateException if it does not in time, or has ended
     */
    public void awaitReady() throws InterruptedException {
        long end = System.nanoTime() + READY_LIMIT.toNanos();
        URI ready = address.resolve("/health/ready");
        while (Http.get(ready).filter(answer -> answer.statusCode() == 200).isEmpty()) {
            if (System.nanoTime() > end || !alive()) {
                throw new IllegalStateException("%s is not ready, see %s".formatted(name, log));
            }
            Thread.sleep(CHECK);
        }
    }

    private synchronized boolean alive() {
        return process.isAlive();
    }

    /** Ends it without ceremony. */
    @Override
    public synchronized void close() {
        process.destroyForcibly();
    }
}
