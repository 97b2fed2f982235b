package io.kagu.common.codec;

/**
 * Header names of CloudEvents 1.0 in Kafka's binary mode, with Kagu's extension attributes.
 *
 * @see <a href="https://github.com/cloudevents/spec">the CloudEvents specification</a>
 */
public final class CloudEventHeaders {

    public static final String SPEC_VERSION = "ce_specversion";
    public static final String ID = "ce_id";
    public static final String TYPE = "ce_type";
    public static final String SOURCE = "ce_source";
    public static final String TIME = "ce_time";
    public static final String CONTENT_TYPE = "content-type";

    public static final String MODEL = "ce_kagumodel";
    public static final String TENANT = "ce_kagutenant";
    public static final String PATH = "ce_kagupath";
    public static final String DEADLINE = "ce_kagudeadline";
    public static final String MAX_ATTEMPTS = "ce_kagumaxattempts";
    public static final String TOKENS = "ce_kagutokens";
    public static final String CALLBACK = "ce_kagucallback";
    public static final String AFFINITY = "ce_kaguaffinity";

    /** Of results and outcomes: the HTTP status that the GPU answered. */
    public static final String STATUS = "ce_kagustatus";

    /** Of results, outcomes and dead letters. */
    public static final String GPU = "ce_kagugpu";

    /** Of results and outcomes: which attempt this is of. */
    public static final String ATTEMPT = "ce_kaguattempt";

    /** Of results and outcomes: incarnation of the dispatcher that made the call. */
    public static final String EXECUTOR = "ce_kaguexecutor";

    /** Of results and outcomes: when the call began and ended, RFC 3339. */
    public static final String STARTED = "ce_kagustarted";

    public static final String ENDED = "ce_kaguended";

    /** Of outcomes: the outcome's word. */
    public static final String OUTCOME = "ce_kaguoutcome";

    /** Of outcomes: tokens of prompt and answer that the GPU says it used; absent if unknown. */
    public static final String USED_TOKENS = "ce_kaguusedtokens";

    /** Of outcomes and dead letters: for people, bounded. */
    public static final String REASON = "ce_kagureason";

    /** Of dead letters: stable and machine-readable. */
    public static final String REASON_CODE = "ce_kagureasoncode";

    /** Of dead letters and requeues: all attempts (JSON), bounded. */
    public static final String ATTEMPTS = "ce_kaguattempts";

    /** Of dead letters: the pool the job belongs to. */
    public static final String POOL = "ce_kagupool";

    /** Of dead letters and requeues: the priority the job had. */
    public static final String PRIORITY = "ce_kagupriority";

    /** Of dead letters: which kind of death it was, see {@link io.kagu.common.job.DeathClass}. */
    public static final String DEATH_CLASS = "ce_kagudeathclass";

    /** Of dead letters: the same for the same error, whatever numbers and ids it names. */
    public static final String FINGERPRINT = "ce_kagufingerprint";

    /** Of dead letters and requeues: which life of the job ended; a requeue starts the next. */
    public static final String RUN = "ce_kagurun";

    /** Of dead letters and requeues: version of the view that told the death. */
    public static final String VERSION = "ce_kaguversion";

    /** Of dead letters: the job's place in its pool's order of intake. */
    public static final String SEQUENCE = "ce_kagusequence";

    /** Of dead letters made from bad records: topic, partition and offset they came from. */
    public static final String ORIGIN = "ce_kaguorigin";

    /** Of outcomes: how long an overloaded GPU asked to be left alone, in milliseconds. */
    public static final String RETRY_AFTER = "ce_kaguretryafter";

    /** Of assignments: epoch milliseconds by the executor's clock; later it is not begun. */
    public static final String START_BEFORE = "ce_kagustartbefore";

    /** Of assignments: when the slot is taken back, epoch milliseconds by the owner's clock. */
    public static final String LEASE_DEADLINE = "ce_kaguleasedeadline";

    /** Of assignments: the model that does the work, if it is not the job's own. */
    public static final String FALLBACK = "ce_kagufallback";

    /** Of a job record that its first partition did not own: it is forwarded only once. */
    public static final String FORWARDED = "ce_kaguforwarded";

    /** Of a forwarded job that another pool had before: what the new one goes on from (JSON). */
    public static final String HANDOVER = "ce_kaguhandover";

    private CloudEventHeaders() {}
}
