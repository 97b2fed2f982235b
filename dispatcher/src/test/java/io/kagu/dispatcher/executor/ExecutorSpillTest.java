package io.kagu.dispatcher.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kagu.dispatcher.core.Outcome;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an executor does with calls that other replicas spill to it. */
class ExecutorSpillTest {

    private final ExecutorRig rig = ExecutorRig.start();

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void aSpilledCallIsMadeLikeAnyOther() {
        try (ScriptedGpu gpu = ScriptedGpu.json(200, "{}")) {
            rig.assign(spilled(gpu, "job-1", System.currentTimeMillis() + 60_000));

            assertThat(rig.outcomes().only().outcome()).isInstanceOf(Outcome.Completed.class);
        }
    }

    /** Its owner may have given the slot to another job since. */
    @Test
    void aSpilledCallThatComesTooLateIsNeverBegun() {
        try (ScriptedGpu gpu = ScriptedGpu.json(200, "{}")) {
            rig.assign(spilled(gpu, "late", System.currentTimeMillis()));
            rig.assign(spilled(gpu, "in-time", System.currentTimeMillis() + 60_000));

            assertThat(rig.outcomes().only().attempt().jobId()).isEqualTo("in-time");
            assertThat(gpu.requests()).hasSize(1);
            assertThat(rig.registry().get("kagu.executor.assignments.late").counter().count())
                    .isEqualTo(1);
        }
    }

    @Test
    void nobodyIsToldOfRoomBeforeEveryAssignmentIsSureToBeSeen() {
        await().until(() -> rig.heartbeats().sent().size() > 1);
        assertThat(rig.heartbeats().last().freeCalls()).isZero();

        rig.listen();

        await().until(() -> rig.heartbeats().last().freeCalls() == 100);
    }

    private static Call spilled(ScriptedGpu gpu, String id, long before) {
        return CallBuilder.to(gpu).id(id).spilledTo(ExecutorRig.INCARNATION, before).build();
    }
}
