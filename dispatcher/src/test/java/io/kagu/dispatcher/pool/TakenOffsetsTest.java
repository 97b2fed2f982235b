package io.kagu.dispatcher.pool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Set;

class TakenOffsetsTest {

    private static final String TOPIC = "jobs.high";
    private static final Set<String> MADE_ANEW = Set.of(TOPIC);

    private final JobStore jobs = new JobStore(new JournaledStore(Sinks.JOBS_STORE));

    private TakenOffsets owner(Set<String> madeAnew) {
        return new TakenOffsets(jobs, madeAnew);
    }

    private TakenOffsets owner() {
        return owner(Set.of());
    }

    private void takenByAnEarlierOwner(long offset) {
        TakenOffsets earlier = owner();
        earlier.take(TOPIC, offset);
        earlier.write();
    }

    @Test
    void whatAnEarlierOwnerTookIsAReplay() {
        takenByAnEarlierOwner(19);
        TakenOffsets owner = owner();

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

        assertThat(owner().replay(TOPIC, 4)).isTrue();
        assertThat(owner().replay(TOPIC, 5)).isFalse();
    }

    @Test
    void anOwnerOfANewTopicThatTookNothingLeavesNothingOfTheOld() {
        takenByAnEarlierOwner(19);
        owner(MADE_ANEW).write();

        assertThat(owner().replay(TOPIC, 0)).isFalse();
    }

    @Test
    void anOffsetThatFallsUnderOneOwnerIsOfATopicThatWasMadeAnew() {
        TakenOffsets owner = owner();
        owner.take(TOPIC, 19);

        assertThat(owner.replay(TOPIC, 0)).isFalse();
        owner.take(TOPIC, 0);
        assertThat(owner.replay(TOPIC, 1)).isFalse();
    }
}
