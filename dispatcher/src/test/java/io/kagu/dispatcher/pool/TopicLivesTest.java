package io.kagu.dispatcher.pool;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.concurrent.Future;

class TopicLivesTest {

    private static final String TOPIC = "jobs.high";
    private static final String OTHER = "jobs.retry";
    private static final Uuid SAME = new Uuid(1, 2);
    private static final Map<String, Uuid> FIRST = Map.of(TOPIC, new Uuid(1, 2), OTHER, SAME);
    private static final Map<String, Uuid> MADE_ANEW = Map.of(TOPIC, new Uuid(3, 4), OTHER, SAME);
    private static final int PARTITION = 5;

    private final JobStore jobs = new JobStore(new JournaledStore(Sinks.JOBS_STORE));

    private TopicLives owner(ToldTopics topics) {
        return new TopicLives(jobs, topics, PARTITION);
    }

    private ToldTopics readByAnOwner(Map<String, Uuid> ids) {
        ToldTopics topics = new ToldTopics(ids);
        TopicLives lives = owner(topics);
        lives.write();
        topics.rewinds().values().forEach(rewind -> rewind.complete(null));
        lives.write();
        return topics;
    }

    @Test
    void topicsThatNoOwnerKnewAreReadFromWhereTheGroupIs() {
        ToldTopics topics = new ToldTopics(FIRST);

        assertThat(owner(topics).madeAnew()).isEmpty();
        assertThat(topics.rewinds()).isEmpty();
    }

    @Test
    void aTopicThatStayedWhatItWasIsNotRewound() {
        readByAnOwner(FIRST);

        assertThat(readByAnOwner(FIRST).rewinds()).isEmpty();
    }

    @Test
    void aTopicThatWasMadeAnewIsRewoundInThePartitionOfTheTask() {
        readByAnOwner(FIRST);
        ToldTopics topics = new ToldTopics(MADE_ANEW);

        assertThat(owner(topics).madeAnew()).containsExactly(TOPIC);
        assertThat(topics.rewinds()).containsOnlyKeys(TOPIC + "-" + PARTITION);
    }

    @Test
    void itIsRewoundOnce() {
        readByAnOwner(FIRST);
        readByAnOwner(MADE_ANEW);

        assertThat(readByAnOwner(MADE_ANEW).rewinds()).isEmpty();
    }

    @Test
    void aRewindThatTheGroupDoesNotHoldIsLeftToTheNextOwner() {
        owner(new ToldTopics(FIRST));
        owner(new ToldTopics(MADE_ANEW)).write();

        assertThat(readByAnOwner(MADE_ANEW).rewinds()).hasSize(1);
    }

    @Test
    void anOwnerThatClosesTakesItsRewindBack() {
        readByAnOwner(FIRST);
        ToldTopics topics = new ToldTopics(MADE_ANEW);
        TopicLives lives = owner(topics);
        lives.close();
        lives.write();

        assertThat(topics.rewinds().values()).singleElement().matches(Future::isCancelled);
        assertThat(readByAnOwner(MADE_ANEW).rewinds()).hasSize(1);
    }
}
