package io.kagu.statusapi.query;

import io.kagu.common.codec.DeadLetter;
import io.kagu.common.codec.RequeueRecord;
import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.job.JobCommand;
import io.kagu.statusapi.core.LetterRow;
import io.kagu.statusapi.core.RequeueTarget;

import org.apache.kafka.streams.errors.InvalidStateStoreException;

import java.time.InstantSource;
import java.util.Optional;

/** Asks the owners of pools to queue dead jobs again, or to forget their letters. */
public final class DeadLetterCommands {

    private final DeadLetters letters;
    private final PoolCommands commands;
    private final InstantSource clock;

    public DeadLetterCommands(DeadLetters letters, PoolCommands commands, InstantSource clock) {
        this.letters = letters;
        this.commands = commands;
        this.clock = clock;
    }

    /** What came of a command. */
    public sealed interface Answer {

        /**
         * Kafka has it.
         *
         * @param run the job's life that ended
         */
        record Stored(String id, int run) implements Answer {}

        /** There is no such letter. */
        record Absent() implements Answer {}

        /** The letter is of a record that could not be read. */
        record NoJob(DeadLetter letter) implements Answer {}

        /** It could not be said or stored. */
        record NotReady() implements Answer {}
    }

    /** Queues the job of a letter again; idempotent, the next run starts once. */
    public Answer requeue(String id) {
        try {
            return letters.find(id).map(this::requeue).orElseGet(Answer.Absent::new);
        } catch (InvalidStateStoreException e) {
            return new Answer.NotReady();
        }
    }

    /** Queues the job of a letter again if the letter is still of the same run. */
    public Answer requeue(RequeueTarget target) {
        try {
            return letters.find(target.id())
                    .filter(row -> row.letter().run() == target.run())
                    .map(this::requeue)
                    .orElseGet(Answer.Absent::new);
        } catch (InvalidStateStoreException e) {
            return new Answer.NotReady();
        }
    }

    private Answer requeue(LetterRow row) {
        DeadLetter letter = row.letter();
        Optional<RequeueRecord> requeue = letter.requeue();
        if (requeue.isEmpty()) {
            return new Answer.NoJob(letter);
        }
        String pool = letter.pool().orElseThrow();
        return commands.store(pool, requeue.get(), row.body())
                ? new Answer.Stored(letter.id(), letter.run())
                : new Answer.NotReady();
    }

    /** Takes a letter back for good; its job stays dead. */
    public Answer discard(String id) {
        try {
            return letters.find(id).map(row -> discard(row.letter())).orElseGet(Answer.Absent::new);
        } catch (InvalidStateStoreException e) {
            return new Answer.NotReady();
        }
    }

    private Answer discard(DeadLetter letter) {
        String pool = letter.pool().orElse(GpuSpec.DEFAULT_POOL);
        JobCommand command = JobCommand.discard(letter.id(), letter.run(), clock.instant());
        return commands.store(pool, command)
                ? new Answer.Stored(letter.id(), letter.run())
                : new Answer.NotReady();
    }
}
