package io.kagu.bench.decision;

import io.kagu.bench.pool.BenchJob;
import io.kagu.common.job.Job;
import io.kagu.common.job.Priority;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The jobs of a backlog, each by its number: a third in each lane, spread over models and tenants.
 * Names of models and tenants are shared, as those of the owner's tickets are.
 *
 * @param count how many there are
 * @param tenants their names
 */
record NumberedJobs(int count, List<String> tenants) {

    private static final String PREFIX = "job-";
    private static final Priority[] LANES = Priority.values();
    private static final List<String> MODELS = List.of("model-0", "model-1", "model-2", "model-3");

    /** So many jobs of so many tenants. */
    static NumberedJobs of(int count, int tenants) {
        return new NumberedJobs(
                count, IntStream.range(0, tenants).mapToObj("tenant-%04d"::formatted).toList());
    }

    /** The id of a job. */
    static String id(int number) {
        return "%s%08d".formatted(PREFIX, number);
    }

    static int number(String id) {
        return Integer.parseInt(id, PREFIX.length(), id.length(), 10);
    }

    /** The job of an id. */
    Job job(String id) {
        int number = number(id);
        Priority lane = LANES[number % LANES.length];
        String model = model(number / LANES.length);
        int tenant = number / (LANES.length * MODELS.size()) % tenants.size();
        return new BenchJob(id, model, lane, tenants.get(tenant)).job();
    }

    static String model(int number) {
        return MODELS.get(number % MODELS.size());
    }
}
