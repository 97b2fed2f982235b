package io.kagu.statusapi.stream;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

class EventStreamTest {

    private final Connection connection = new Connection();
    private final EventStream stream = new EventStream(connection);

    /** A connection that takes bytes while the test lets it. */
    private static final class Connection extends ServletOutputStream {

        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        private boolean takes = true;
        private boolean broken;
        private @Nullable WriteListener listener;

        @Override
        public boolean isReady() {
            return takes;
        }

        @Override
        public void setWriteListener(WriteListener asked) {
            listener = asked;
        }

        @Override
        public void write(int one) throws IOException {
            if (broken) {
                throw new IOException("reset by peer");
            }
            assertThat(takes).as("written while not ready").isTrue();
            taken.write(one);
        }

        String text() {
            return taken.toString(StandardCharsets.UTF_8);
        }
    }

    private static Frames.Frame frame(String data) {
        return Frames.event("e", Optional.of("1"), data);
    }

    private void catchUp() throws IOException {
        connection.takes = true;
        Objects.requireNonNull(connection.listener).onWritePossible();
    }

    @Test
    void aFrameIsAnEventOfTheStandard() {
        stream.offer(frame("hello\nworld"));

        assertThat(connection.text()).isEqualTo("id: 1\nevent: e\ndata: \"hello\\nworld\"\n\n");
    }

    @Test
    void whatTheConnectionDoesNotTakeWaitsForIt() throws IOException {
        stream.begin();
        connection.takes = false;
        stream.offer(frame("a"));
        stream.offer(frame("b"));
        stream.end();
        assertThat(connection.text()).isEmpty();
        assertThat(stream.ended()).isNotDone();

        catchUp();

        assertThat(connection.text()).contains("\"a\"").contains("\"b\"");
        assertThat(stream.ended()).isCompleted();
    }

    @Test
    void aCallerTooSlowForTheBufferIsToldToResumeAndCut() throws IOException {
        stream.begin();
        connection.takes = false;
        String much = "x".repeat(EventStream.MAX_WAITING_BYTES / 4);
        for (int i = 0; i < 10; i++) {
            stream.offer(frame(much));
        }

        catchUp();

        assertThat(connection.text()).contains("event: cut").doesNotContain("xxx");
        assertThat(stream.ended()).isCompleted();
        stream.offer(frame("late"));
        assertThat(connection.text()).doesNotContain("late");
    }

    @Test
    void aPassedOnStreamIsCutWithoutAWordInTheMidstOfAnEvent() throws IOException {
        stream.begin();
        connection.takes = false;
        for (int i = 0; i < 10; i++) {
            stream.offer(Frames.ofBytes(new byte[EventStream.MAX_WAITING_BYTES / 4]));
        }

        catchUp();

        assertThat(connection.text()).isEmpty();
        assertThat(stream.ended()).isCompleted();
    }

    @Test
    void aCallerThatIsGoneEndsTheStream() {
        connection.broken = true;

        stream.offer(frame("a"));

        assertThat(stream.ended()).isCompleted();
    }
}
