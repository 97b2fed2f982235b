package io.kagu.dispatcher.pool;

import com.fasterxml.jackson.databind.JsonNode;

import io.kagu.common.codec.BadRecordException;
import io.kagu.common.codec.Json;
import io.kagu.common.job.JobCommand;
import io.kagu.common.job.PauseCommand;
import io.kagu.dispatcher.core.PoolCommand;

/** Reads what the topic of commands asks: of a job, or of a pool. */
final class Commands {

    private Commands() {}

    /**
     * The command in a record.
     *
     * @throws BadRecordException if its type is none that is known
     */
    static PoolCommand read(byte[] json, long now) {
        JsonNode type = Json.tree(json).path("type");
        return switch (type.asText()) {
            case "discard" -> discard(Json.read(json, JobCommand.class), now);
            case "cancel" -> cancel(Json.read(json, JobCommand.class), now);
            case "pause" -> new PoolCommand.PauseQueue(Json.read(json, PauseCommand.class).pause());
            case "resume" ->
                    new PoolCommand.ResumeQueue(
                            Json.read(json, PauseCommand.class).pause().scope());
            default ->
                    throw new BadRecordException(
                            "type of a command must be one of cancel, discard, pause, resume");
        };
    }

    private static PoolCommand cancel(JobCommand command, long now) {
        return new PoolCommand.Cancel(command.jobId(), command.run(), now);
    }

    private static PoolCommand discard(JobCommand command, long now) {
        return new PoolCommand.Discard(command.jobId(), command.run().orElse(1), now);
    }
}
