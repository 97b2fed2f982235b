package io.kagu.dispatcher.pool;

import io.kagu.common.codec.CloudEventHeaders;
import io.kagu.common.codec.DeadLetter;
import io.kagu.common.codec.JobEventReader;
import io.kagu.common.codec.JobRecords;
import io.kagu.common.codec.JobResult;
import io.kagu.common.codec.Json;
import io.kagu.common.codec.RecordHeaderReader;
import io.kagu.common.http.ReplicaAddress;
import io.kagu.common.job.Job;
import io.kagu.common.job.JobCommand;
import io.kagu.common.job.JobEvent;
import io.kagu.common.job.JobView;
import io.kagu.common.job.Pause;
import io.kagu.common.job.PauseCommand;
import io.kagu.common.job.PauseScope;
import io.kagu.common.job.Priority;
import io.kagu.common.topic.TopicConfig;
import io.kagu.common.topic.Topics;
import io.kagu.dispatcher.core.AttemptOutcome;
import io.kagu.dispatcher.core.BreakerState;
import io.kagu.dispatcher.core.JobViews;
import io.kagu.dispatcher.core.PoolRules;
import io.kagu.dispatcher.core.RulesSample;
import io.kagu.dispatcher.executor.AbortCommand;
import io.kagu.dispatcher.executor.Call;
import io.kagu.dispatcher.executor.OutcomeRecords;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A whole installation in one thread and virtual time: producers, Kafka's logs, three replicas of
 * which one owns the pools, GPUs. Seeded: the same seed is the same run. Faults: duplicates, delay,
 * any order across topics, crash between any store write and its effect, a task that moves, lost
 * executors, hung and failing GPUs, GPUs that fall sick for a while, that come and go and are
 * drained, sidecars that lie or fall silent, pauses, a model that moves to another pool and back.
 * Dead jobs are queued again and their letters taken back.
 */
final class Simulation implements SimulatedReplica.World {

    private static final int REPLICAS = 3;
    private static final int MANY = 40;
    private static final int SETTLING_STEPS = 400;

    /** Less than it takes until a silent executor counts as lost. */
    private static final int SETTLING_MILLIS = 1_500;

    private static final TopicConfig TOPICS =
            new TopicConfig("", 1, (short) 1, 1 << 20, 1 << 20, 1);
    private static final long HUGE = 60_000;

    /** Streams commits by the clock, though not this rarely. Milliseconds. */
    private static final long LATEST_COMMIT = 1_900;

    private static final String UNSERVED = "nobody-serves-me";
    private static final List<String> MODELS =
            List.of("a", "b", "d", "a", "b", SimulatedGpus.ROAMING, UNSERVED);

    /** Tenants of one model each, by weight, and one of all models. */
    private static final ReplicaAddress ADDRESS = new ReplicaAddress("dispatcher", 8083);

    private static final PoolRules RULES = RulesSample.weighing("acme-a=3,acme-b=2,acme-d=5");

    private static final List<String> TENANTS = List.of("acme-", "beta-", "gamma-");
    private static final String ROAMER = "delta";

    private final SplittableRandom random;
    private final Topics topics = new Topics("");
    private final List<Watcher> watchers;
    private final FairInsideALane fairness = new FairInsideALane(RULES.weights());
    private final Map<String, List<Message>> logs = new LinkedHashMap<>();
    private final Map<String, Integer> position = new LinkedHashMap<>();
    private final Map<String, Integer> committed = new LinkedHashMap<>();
    private final JournaledStore store = new JournaledStore(Sinks.JOBS_STORE);
    private final List<Message> unflushed = new ArrayList<>();
    private final HeartbeatBook heartbeats = new HeartbeatBook(() -> Instant.ofEpochMilli(now()));
    private final List<SimulatedReplica> replicas = new ArrayList<>();
    private final List<Call> unsent = new ArrayList<>();
    private final List<Call> assignments = new ArrayList<>();
    private final List<ToldEnd> toldEnds = new ArrayList<>();
    private final List<String> submitted = new ArrayList<>();
    private final MockProcessorContext<String, byte[]> context =
            new MockProcessorContext<>(new Properties(), new TaskId(0, 0), new File("target"));
    private final SimulatedGpus gpus;
    private final SimulatedOperator operator;
    private long now = 1_700_000_000_000L;
    private long committedAt = now;
    private int incarnations;
    private int spilled;
    private SimulatedReplica owner;
    private PoolProcessor processor;

    /** The end of a job as its readers have it, and when that was. */
    private record ToldEnd(JobView job, long at) {}

    /** A record; one of the topic of events has its event, read once. */
    private record Message(
            String topic, String key, byte[] value, Headers headers, Optional<JobEvent> event) {

        Message(String topic, String key, byte[] value, Headers headers) {
            this(topic, key, value, headers, Optional.empty());
        }
    }

    Simulation(long seed, List<Watcher> fixed) {
        random = new SplittableRandom(seed);
        operator = new SimulatedOperator(random);
        gpus = new SimulatedGpus(random, () -> Instant.ofEpochMilli(now()));
        context.addStateStore(store);
        watchers = new ArrayList<>(fixed);
        watchers.add(new StrictPriority(gpus::registry, this::paused));
        watchers.add(fairness);
        watchers.add(new GatesHold(gpus, this::storedPauses, this::now));
        watchers.add(new LimitsHold(gpus::registry));
        watchers.add(
                new BreakersHold(RULES.breaker(), gpus::registry, this::storedBreakers, this::now));
        for (Priority lane : Priority.values()) {
            logs.put(topics.jobs(lane), new ArrayList<>());
        }
        for (String topic : List.of(topics.commands(), topics.retry(), topics.outcomes())) {
            logs.put(topic, new ArrayList<>());
        }
        logs.keySet().forEach(topic -> position.put(topic, 0));
        committed.putAll(position);
        for (int i = 0; i < REPLICAS; i++) {
            replicas.add(replica());
        }
        takeOver(replicas.getFirst());
    }

    void run(int steps) {
        for (int i = 0; i < steps; i++) {
            step(random.nextInt(1000));
        }
        settle();
        watchers.forEach(Watcher::atEnd);
    }

    private void step(int dice) {
        if (dice < 2) {
            submitMany();
        } else if (dice < 120) {
            submit();
        } else if (dice < 130) {
            operator.speaks(now).ifPresent(this::command);
        } else if (dice < 142) {
            cancel();
        } else if (dice < 144) {
            pause();
        } else if (dice < 160) {
            gpus.sidecarSpeaks();
            tick();
        } else if (dice < 560) {
            deliver();
        } else if (dice < 857) {
            advance(1 + random.nextInt(400));
        } else if (dice < 860) {
            modelMoves();
        } else if (dice < 930) {
            flush();
        } else if (dice < 970) {
            commit();
        } else if (dice < 976) {
            crashOwner();
        } else if (dice < 982) {
            crashAnother();
        } else if (dice < 986) {
            move();
        } else if (dice < 994) {
            gpus.comeOrGo().ifPresent(gone -> watchers.forEach(w -> w.gpuRemoved(gone)));
            tick();
        } else if (dice < 997) {
            gpus.drainOrResume();
            tick();
        } else {
            gpus.fallSickOrGetWell();
        }
    }

    /** No fault any more, and time for everything to come to its end. */
    private void settle() {
        replicas.forEach(SimulatedReplica::calmDown);
        gpus.calmDown();
        tick();
        SimulatedGpus.PAUSES.forEach(scope -> pause(PauseCommand.Type.RESUME, scope));
        for (int i = 0; i < SETTLING_STEPS && !settled(); i++) {
            for (int j = 0; j < 20; j++) {
                deliver();
            }
            advance(SETTLING_MILLIS);
            flush();
        }
        commit();
    }

    private boolean settled() {
        boolean allRead =
                logs.keySet().stream()
                        .allMatch(topic -> position.get(topic) == logs.get(topic).size());
        return allRead && processor.liveJobs() == 0;
    }

    private void submit() {
        submit(Priority.values()[random.nextInt(3)]);
    }

    /** More than the GPUs can take, so that tenants have to share. */
    private void submitMany() {
        Priority lane = Priority.values()[random.nextInt(3)];
        for (int i = 0; i < MANY; i++) {
            submit(lane);
        }
    }

    private void submit(Priority lane) {
        String id = "job-" + submitted.size();
        boolean twice = !submitted.isEmpty() && random.nextInt(10) == 0;
        String known = twice ? submitted.get(random.nextInt(submitted.size())) : id;
        boolean again = twice && !roams(model(known));
        String chosen = again ? known : id;
        Job job = job(chosen, lane);
        byte[] body = ("{\"job\":\"" + chosen + "\"}").getBytes(StandardCharsets.UTF_8);
        String key = key(job.model());
        append(new Message(topics.jobs(lane), key, body, JobRecords.headers(job, "sim")));
        if (!again) {
            submitted.add(chosen);
            watchers.forEach(watcher -> watcher.submitted(job));
        }
    }

    /**
     * An id is known in its pool alone: a roaming model's job is submitted once, and to its pool.
     */
    private String key(String model) {
        if (roams(model)) {
            return gpus.registry().poolOf(model).orElseThrow();
        }
        return UNSERVED.equals(model) ? "p1" : anyKey();
    }

    private static boolean roams(String model) {
        return SimulatedGpus.ROAMING.equals(model);
    }

    private static String model(String id) {
        return MODELS.get(Math.floorMod(id.hashCode(), MODELS.size()));
    }

    /** The right pool, another one or none: the owner finds the right one. */
    private String anyKey() {
        return switch (random.nextInt(10)) {
            case 0 -> null;
            case 1 -> "p2";
            default -> "p1";
        };
    }

    private Job job(String id, Priority lane) {
        String model = model(id);
        Job plain = Job.of(id, model, lane, Instant.ofEpochMilli(now));
        Optional<Instant> deadline =
                random.nextInt(15) == 0
                        ? Optional.of(Instant.ofEpochMilli(now + random.nextInt(20_000)))
                        : Optional.empty();
        return new Job(
                plain.id(),
                plain.model(),
                plain.priority(),
                tenant(id, model),
                plain.path(),
                plain.contentType(),
                plain.submittedAt(),
                deadline,
                plain.maxAttempts(),
                OptionalLong.of(tokens(id)),
                plain.callback(),
                plain.affinity());
    }

    /** The same for every submission of a job; a few are over every limit. */
    private static long tokens(String id) {
        return dice(id, 3) % 100 == 0 ? HUGE : 1 + dice(id, 1) % 2_000;
    }

    /** The same for every submission of a job. */
    private static String tenant(String id, String model) {
        int chosen = dice(id, 2) % (TENANTS.size() + 1);
        return chosen < TENANTS.size() ? TENANTS.get(chosen) + model : ROAMER;
    }

    private static int dice(String id, int which) {
        return new SplittableRandom(id.hashCode() * 31L + which).nextInt(Integer.MAX_VALUE);
    }

    /** How often the shares of two tenants were compared. */
    int sharesCompared() {
        return fairness.compared();
    }

    private void cancel() {
        String id = "job-" + random.nextInt(submitted.size() + 3);
        String pool = random.nextBoolean() ? "p1" : "p2";
        byte[] json = Json.write(JobCommand.cancel(id, Instant.ofEpochMilli(now)));
        append(new Message(topics.commands(), pool, json, new RecordHeaders()));
    }

    private void command(SimulatedOperator.Command said) {
        append(new Message(topics.commands(), said.pool(), said.value(), said.headers()));
        said.discard()
                .ifPresent(it ->
                        watchers.forEach(w -> w.discarded(it.jobId(), it.run().orElseThrow())));
    }

    private void pause() {
        List<PauseScope> scopes = SimulatedGpus.PAUSES;
        PauseCommand.Type type =
                random.nextInt(3) == 0 ? PauseCommand.Type.PAUSE : PauseCommand.Type.RESUME;
        pause(type, scopes.get(random.nextInt(scopes.size())));
    }

    private void pause(PauseCommand.Type type, PauseScope scope) {
        Instant end = Instant.ofEpochMilli(now + 1 + random.nextInt(20_000));
        Optional<Instant> until = random.nextBoolean() ? Optional.of(end) : Optional.empty();
        Pause pause = new Pause(scope, until, Optional.empty());
        byte[] json = Json.write(PauseCommand.of(type, pause, Instant.ofEpochMilli(now)));
        append(new Message(topics.commands(), "p1", json, new RecordHeaders()));
    }

    /** Who was submitted for the old pool has arrived there; who is on the way there has not. */
    private void modelMoves() {
        for (Priority lane : Priority.values()) {
            String topic = topics.jobs(lane);
            while (unread(topic).anyMatch(Simulation::freshRoamer)) {
                deliver(topic);
            }
        }
        commit();
        String gone = gpus.modelMoves();
        watchers.forEach(watcher -> watcher.gpuRemoved(gone));
        tick();
    }

    private Stream<Message> unread(String topic) {
        return logs.get(topic).stream().skip(position.get(topic));
    }

    private static boolean freshRoamer(Message message) {
        RecordHeaderReader headers = new RecordHeaderReader(message.headers());
        return headers.text(CloudEventHeaders.MODEL).filter(Simulation::roams).isPresent()
                && headers.text(CloudEventHeaders.HANDOVER).isEmpty();
    }

    private void tick() {
        processor.tick();
        collect();
    }

    /** Hands the owner the next record of a topic that has one. */
    private void deliver() {
        List<String> ready =
                logs.keySet().stream()
                        .filter(topic -> position.get(topic) < logs.get(topic).size())
                        .toList();
        if (ready.isEmpty()) {
            return;
        }
        deliver(ready.get(random.nextInt(ready.size())));
    }

    private void deliver(String topic) {
        int offset = position.get(topic);
        Message message = logs.get(topic).get(offset);
        context.setRecordMetadata(topic, 0, offset);
        processor.process(
                new Record<>(
                        message.key(), message.value(), now, new RecordHeaders(message.headers())));
        position.put(topic, offset + 1);
        collect();
    }

    private void advance(long millis) {
        now += millis;
        if (now - committedAt >= LATEST_COMMIT) {
            commit();
        }
        context.setCurrentSystemTimeMs(now);
        if (!unsent.isEmpty() && random.nextInt(3) == 0) {
            acknowledge();
        }
        assignments.removeIf(this::arrives);
        replicas.forEach(SimulatedReplica::endCalls);
        replicas.forEach(this::beat);
        processor.tick();
        collect();
        processor.watch();
        collect();
        if (random.nextInt(4) == 0) {
            processor.report();
            collect();
        }
    }

    private void acknowledge() {
        store.commit();
        assignments.addAll(unsent);
        unsent.clear();
    }

    /** Some are lost or come twice, and some so late that nobody may begin them. */
    private boolean arrives(Call call) {
        int dice = random.nextInt(20);
        if (dice < 6) {
            return false;
        }
        if (dice < 19) {
            replicas.stream()
                    .filter(replica -> replica.incarnation().equals(call.lease().executor()))
                    .filter(replica -> replica.take(call))
                    .forEach(replica -> spilled++);
        }
        return dice != 7;
    }

    /** How many calls another replica than the owner's made. */
    int spilled() {
        return spilled;
    }

    private void beat(SimulatedReplica replica) {
        heartbeats.hear(replica.heartbeat(), replica.incarnation());
    }

    private void collect() {
        for (MockProcessorContext.CapturedForward<? extends String, ? extends byte[]> forward :
                context.forwarded()) {
            Message message = message(forward);
            unflushed.add(message);
            message.event().ifPresent(event -> watchers.forEach(watcher -> watcher.told(event)));
        }
        context.resetForwards();
    }

    private Message message(
            MockProcessorContext.CapturedForward<? extends String, ? extends byte[]> forward) {
        Record<? extends String, ? extends byte[]> row = forward.record();
        String topic = topicOf(forward.childName().orElseThrow());
        Optional<JobEvent> event =
                topic.equals(topics.events())
                        ? Optional.of(JobEventReader.read(row.value()))
                        : Optional.empty();
        return new Message(topic, row.key(), row.value(), row.headers(), event);
    }

    private String topicOf(String sink) {
        return switch (sink) {
            case Sinks.EVENTS -> topics.events();
            case Sinks.RESULTS -> topics.results();
            case Sinks.DEAD_LETTERS -> topics.deadLetters();
            case Sinks.RETRY -> topics.retry();
            case Sinks.COMMANDS -> topics.commands();
            case Sinks.ABORTS -> topics.aborts();
            case Sinks.BARRIERS -> topics.outcomes();
            case Sinks.QUEUE_STATUS -> topics.queueStatus();
            default -> lane(sink);
        };
    }

    private String lane(String sink) {
        return Arrays.stream(Priority.values())
                .filter(priority -> Sinks.jobs(priority).equals(sink))
                .map(topics::jobs)
                .findFirst()
                .orElseThrow();
    }

    private void flush() {
        unflushed.forEach(this::publish);
        unflushed.clear();
    }

    private void publish(Message message) {
        String topic = message.topic();
        if (logs.containsKey(topic)) {
            append(message);
        } else if (topic.equals(topics.events())) {
            JobEvent event = message.event().orElseThrow();
            if (event.job().state().terminal()) {
                toldEnds.add(new ToldEnd(event.job(), now));
            }
            watchers.forEach(watcher -> watcher.published(event));
        } else if (topic.equals(topics.results())) {
            JobResult result = JobResult.read(message.headers());
            watchers.forEach(watcher -> watcher.resultPublished(result.id(), result.attempt()));
        } else if (topic.equals(topics.deadLetters())) {
            operator.reads(message.key(), message.headers(), message.value());
            OptionalInt run = runOf(message);
            watchers.forEach(watcher -> watcher.deadLetter(message.key(), run));
        } else if (topic.equals(topics.aborts())) {
            AbortCommand abort = AbortCommand.read(message.value());
            List.copyOf(replicas).forEach(r -> r.abort(abort.jobId(), abort.attempt()));
        }
    }

    private static OptionalInt runOf(Message letter) {
        return letter.value() == null
                ? OptionalInt.empty()
                : OptionalInt.of(
                        DeadLetter.read(letter.key(), letter.headers(), Instant.EPOCH).run());
    }

    private void append(Message message) {
        logs.get(message.topic()).add(message);
    }

    private void commit() {
        flush();
        acknowledge();
        committed.putAll(position);
        committedAt = now;
    }

    private void crashOwner() {
        owner.die();
        replicas.remove(owner);
        replicas.add(replica());
        loseWhatWasNotCommitted();
        takeOver(replicas.get(random.nextInt(REPLICAS)));
    }

    /** Of each topic a prefix of what was sent survives, and of the changelog as well. */
    private void loseWhatWasNotCommitted() {
        Map<String, List<Message>> byTopic = new TreeMap<>();
        unflushed.forEach(m -> byTopic.computeIfAbsent(m.topic(), t -> new ArrayList<>()).add(m));
        unflushed.clear();
        byTopic.values()
                .forEach(sent ->
                        sent.subList(0, random.nextInt(sent.size() + 1)).forEach(this::publish));
        store.crash(random);
        unsent.clear();
        position.putAll(committed);
    }

    private void crashAnother() {
        SimulatedReplica victim = replicas.get(random.nextInt(REPLICAS));
        if (victim != owner) {
            victim.die();
            replicas.remove(victim);
            replicas.add(replica());
        }
    }

    private void move() {
        commit();
        takeOver(replicas.get(random.nextInt(REPLICAS)));
    }

    private List<Pause> storedPauses() {
        List<Pause> pauses = new ArrayList<>();
        new JobStore(store).eachPause((pool, pause) -> pauses.add(pause));
        return pauses;
    }

    private boolean paused(JobView job) {
        Instant time = Instant.ofEpochMilli(now);
        return job.pool().equals("p1")
                && storedPauses().stream()
                        .filter(pause -> pause.holds(time))
                        .anyMatch(pause -> pause.scope().covers(job.priority(), job.model()));
    }

    private List<BreakerState> storedBreakers() {
        List<BreakerState> breakers = new ArrayList<>();
        new JobStore(store).eachBreaker((pool, breaker) -> breakers.add(breaker));
        return breakers;
    }

    private List<JobView> toldEnds(long since) {
        return toldEnds.stream().filter(told -> told.at() >= since).map(ToldEnd::job).toList();
    }

    private SimulatedReplica replica() {
        return new SimulatedReplica("replica-" + incarnations++, random, this);
    }

    private void takeOver(SimulatedReplica next) {
        owner = next;
        context.setCurrentSystemTimeMs(now);
        PoolSetup setup = new PoolSetup(TOPICS, RULES, Duration.ofHours(1), ADDRESS);
        processor =
                new PoolProcessor(
                        setup,
                        new PoolPorts(
                                owner,
                                gpus.table(),
                                gpus.sidecars(),
                                heartbeats,
                                this::toldEnds,
                                new ToldTopics(Map.of()),
                                new PlaceDesk(TOPICS.partitions()),
                                new PoolMetrics(new SimpleMeterRegistry())));
        processor.init(context);
        List<JobEvent> live = new ArrayList<>();
        new JobStore(store)
                .eachLive(row ->
                        live.add(JobEvent.of(JobViews.typeOf(row.state()), JobViews.of(row))));
        watchers.forEach(watcher -> watcher.takenOver(live));
    }

    @Override
    public long now() {
        return now;
    }

    @Override
    public boolean sick(String gpu) {
        return gpus.sick(gpu);
    }

    @Override
    public void spilled(Call call) {
        unsent.add(call);
    }

    @Override
    public void callBegan(Call call) {
        watchers.forEach(watcher -> watcher.callBegan(call));
    }

    @Override
    public void callEnded(Call call) {
        watchers.forEach(watcher -> watcher.callEnded(call));
    }

    @Override
    public void outcome(String pool, AttemptOutcome outcome) {
        ProducerRecord<String, byte[]> row =
                OutcomeRecords.write(topics.outcomes(), pool, outcome, new byte[] {'{', '}'});
        int times = random.nextInt(20) == 0 ? 2 : 1;
        for (int i = 0; i < times; i++) {
            append(new Message(row.topic(), row.key(), row.value(), row.headers()));
        }
    }
}
