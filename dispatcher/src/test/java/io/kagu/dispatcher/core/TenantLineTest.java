package io.kagu.dispatcher.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

class TenantLineTest {

    private final TenantLine line = new TenantLine();

    @Test
    void whoComesInOrderLeavesInOrder() {
        List<QueuedTicket> tickets = tickets(1, 2, 3);
        tickets.forEach(line::add);

        assertThat(drained()).containsExactlyElementsOf(tickets);
        assertThat(line.isEmpty()).isTrue();
        assertThat(line.first()).isEmpty();
        assertThat(line.last()).isEmpty();
    }

    @Test
    void ofEqualTagsTheLowerSequenceGoesFirst() {
        QueuedTicket second = ticket(7, 2);
        QueuedTicket first = ticket(7, 1);
        line.add(second);
        line.add(first);

        assertThat(drained()).containsExactly(first, second);
    }

    @Test
    void theLastIsKnownInWhateverOrderTheyCome() {
        for (QueuedTicket ticket : tickets(2, 9, 4, 3, 8)) {
            line.add(ticket);
        }
        assertThat(tag(line.last().orElseThrow())).isEqualTo(9);

        line.remove(line.last().orElseThrow());

        assertThat(tag(line.last().orElseThrow())).isEqualTo(8);
        assertThat(tag(line.first().orElseThrow())).isEqualTo(2);
    }

    /** Like a rebuild, which reads rows in any order while some of the jobs move on. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void itIsASortedSetWhateverComesAndGoes(long seed) {
        Random random = new Random(seed);
        TreeSet<QueuedTicket> model = new TreeSet<>(QueuedTicket.ORDER);
        List<QueuedTicket> coming = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            coming.add(ticket(random.nextInt(100), i));
        }
        Collections.shuffle(coming, random);
        for (QueuedTicket ticket : coming) {
            line.add(ticket);
            model.add(ticket);
            assertThat(line.last()).contains(model.last());
            if (random.nextInt(3) == 0) {
                QueuedTicket gone = new ArrayList<>(model).get(random.nextInt(model.size()));
                line.remove(gone);
                model.remove(gone);
            }
            if (random.nextInt(10) == 0 && !model.isEmpty()) {
                assertThat(line.first()).contains(model.first());
            }
        }

        assertThat(drained()).containsExactlyElementsOf(model);
    }

    private List<QueuedTicket> drained() {
        List<QueuedTicket> drained = new ArrayList<>();
        while (!line.isEmpty()) {
            QueuedTicket first = line.first().orElseThrow();
            drained.add(first);
            line.remove(first);
        }
        return drained;
    }

    private static List<QueuedTicket> tickets(long... tags) {
        List<QueuedTicket> tickets = new ArrayList<>();
        for (long tag : tags) {
            tickets.add(ticket(tag, tickets.size()));
        }
        return tickets;
    }

    private static QueuedTicket ticket(long tag, long sequence) {
        return JobRows.queuedTicket("acme", sequence, tag);
    }

    private static long tag(QueuedTicket queued) {
        return queued.ticket().tag();
    }
}
