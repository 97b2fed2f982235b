package io.kagu.statusapi.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kagu.statusapi.JobStory;
import io.kagu.statusapi.core.RowDoor;
import io.kagu.statusapi.core.ViewRow;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.junit.jupiter.api.Test;

class OpenViewsTest {

    private static final String JOB = "job-1";

    private final JobStory story = new JobStory(JOB);
    private final ViewRow before = RowDoor.row(story.queued());
    private final ViewRow after = RowDoor.row(story.completed());
    private final HeapStore store = new HeapStore();
    private final OpenViews views =
            new OpenViews(
                    new JobViewStore(store),
                    ViewCaches.of(1 << 20, new SimpleMeterRegistry()).open(0));

    @Test
    void readersFindEachChange() {
        views.put(JOB, before);
        assertThat(views.find(JOB)).map(ViewRow::state).contains(before.state());

        views.put(JOB, after);
        assertThat(views.find(JOB)).map(ViewRow::state).contains(after.state());

        views.delete(JOB);
        assertThat(views.find(JOB)).isEmpty();
    }

    /** What such a reader finds is old a moment later, and must not stay. */
    @Test
    void whoAsksJustBeforeAChangeIsStoredLeavesNothingOldBehind() {
        views.put(JOB, before);
        store.beforeWrite(
                () -> assertThat(views.find(JOB)).map(ViewRow::state).contains(before.state()));

        views.put(JOB, after);

        assertThat(views.find(JOB)).map(ViewRow::state).contains(after.state());
    }

    @Test
    void whoAsksJustBeforeAJobIsForgottenLeavesNothingBehind() {
        views.put(JOB, after);
        store.beforeWrite(() -> assertThat(views.find(JOB)).isPresent());

        views.delete(JOB);

        assertThat(views.find(JOB)).isEmpty();
    }

    @Test
    void nothingIsAnsweredOnceTheStoreIsClosed() {
        views.put(JOB, after);
        assertThat(views.find(JOB)).isPresent();

        store.close();

        assertThatThrownBy(() -> views.find(JOB)).isInstanceOf(InvalidStateStoreException.class);
    }
}
