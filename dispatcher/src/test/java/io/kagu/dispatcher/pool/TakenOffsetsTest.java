package io.kagu.dispatcher.pool;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

import java.util.Map;

class TakenOffsetsTest {

    private static final String TOPIC = "jobs.high";
    private static final Map<String, Uuid> FIRST = Map.of(TOPIC, new Uuid(1, 2));
    private static final Map<String, Uuid> MADE_ANEW = Map.of(TOPIC, new Uuid(3, 4));

    private final JobStore jobs = new JobStore(new JournaledStore(Sinks.JOBS_STORE));

    private TakenOffsets owner(Map<String, Uuid> ids) {
        return new TakenOffsets(jobs, ids);
    }

    private void takenByAnEarlierOwner(long offset) {
        TakenOffsets earlier = owner(FIRST);
        earlier.take(TOPIC, offset);
        earlier.write();
    }

    @Test
    void whatAnEarlierOwnerTookIsAReplay() {
        takenByAnEarlierOwner(19);
        TakenOffsets owner = owner(FIRST);

        assertThat(owner.replay(TOPIC, 19)).isTrue();
        assertThat(owner.replay(TOPIC, 20)).isFalse();
    }

    @Test
    void nothingIsAReplayInATopicThatWasMadeAnewBeforeATakeover() {
        takenByAnEarlierOwner(19);

        assertThat(owner(MADE_ANEW).replay(TOPIC, 0)).isFalse();
    }

    @Test
    void whatIsTakenFromTheNewTopicIsAReplayForTheNextOwner() {
        takenByAnEarlierOwner(19);
        TakenOffsets owner = owner(MADE_ANEW);
        owner.take(TOPIC, 4);
        owner.write();

        assertThat(owner(MADE_ANEW).replay(TOPIC, 4)).isTrue();
        assertThat(owner(MADE_ANEW).replay(TOPIC, 5)).isFalse();
    }

    @Test
    void anOffsetThatFallsUnderOneOwnerIsOfATopicThatWasMadeAnew() {
        TakenOffsets owner = owner(FIRST);
        owner.take(TOPIC, 19);

        assertThat(owner.replay(TOPIC, 0)).isFalse();
        owner.take(TOPIC, 0);
        assertThat(owner.replay(TOPIC, 1)).isFalse();
    }

    @Test
    void theOffsetThatAnEarlierVersionWroteWithoutAnIdStillHolds() {
        jobs.number(TOPIC, 19);

        assertThat(owner(FIRST).replay(TOPIC, 19)).isTrue();
    }
}
