package io.kagu.cli.run;

import io.kagu.cli.client.KaguClient;
import io.kagu.cli.core.LineJobIds;

import java.time.Instant;

/** What the parts of one run share. */
record RunContext(
        KaguClient client,
        InputFile input,
        LineJobIds ids,
        JobBook book,
        LineRecorder recorder,
        RunBoard board,
        Outage outage,
        Instant startedAt) {}
