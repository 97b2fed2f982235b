package io.kagu.statusapi.core;

import io.kagu.common.job.JobView;
import io.kagu.statusapi.JobStory;

/** Makes view rows for tests of other packages. */
public final class RowDoor {

    private RowDoor() {}

    public static ViewRow row(JobView view) {
        byte[] event = JobStory.event(view);
        return ViewRow.of(EventHead.read(event), 0, 0, event);
    }
}
