package io.kagu.cli.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.job.Priority;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

final class PollOrderTest {

    private final PollOrder order = new PollOrder(2);

    private SubmittedJob add(int number, Priority lane, String model) {
        SubmittedJob job = Lines.submitted(number, lane, model);
        order.add(job);
        return job;
    }

    private List<Integer> next(int count) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            numbers.add(order.next().orElseThrow().line().number());
        }
        return numbers;
    }

    @Test
    void lanesComeInOrderAndWithinOneTheOldestFirst() {
        add(1, Priority.LOW, "m");
        add(2, Priority.NORMAL, "m");
        add(3, Priority.HIGH, "m");
        add(4, Priority.NORMAL, "m");

        assertThat(next(4)).containsExactly(3, 2, 4, 1);
        assertThat(order.next()).isEmpty();
    }

    @Test
    void modelsTakeTurnsByOpenPolls() {
        add(1, Priority.HIGH, "a");
        add(2, Priority.HIGH, "a");
        add(3, Priority.LOW, "b");

        assertThat(next(3)).containsExactly(1, 3, 2);
    }

    @Test
    void aJobAskedForInVainStepsBackBehindItsFollowers() {
        SubmittedJob slow = add(1, Priority.LOW, "m");
        add(2, Priority.LOW, "m");
        add(3, Priority.LOW, "m");
        add(4, Priority.LOW, "m");
        next(1);
        order.again(slow);

        List<Integer> rest = next(4);
        assertThat(rest.subList(0, 2)).containsExactly(2, 3);
        assertThat(rest).contains(1);
    }

    @Test
    void anEndedPollMakesRoomForItsModel() {
        SubmittedJob first = add(1, Priority.LOW, "a");
        add(2, Priority.LOW, "a");
        add(3, Priority.LOW, "b");
        add(4, Priority.LOW, "b");
        next(2);
        order.done(first);

        assertThat(next(1)).containsExactly(2);
    }
}
