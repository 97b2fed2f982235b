package io.kagu.broker;

import io.kagu.broker.BrokerStartException.Reason;

import java.util.Optional;

/** One line by which the child tells its parent something, over the child's standard output. */
sealed interface ParentLine {

    /** The child owns the folder and starts the broker on this port. */
    record Starting(int port) implements ParentLine {}

    /** The child cannot start the broker. */
    record Failing(Reason reason, String message) implements ParentLine {}

    String MARK = "kagu-broker ";

    default String text() {
        return switch (this) {
            case Starting(int port) -> MARK + port;
            case Failing(Reason reason, String message) ->
                    MARK + reason + " " + message.replaceAll("\\R", " ");
        };
    }

    /** The line's meaning; none if it is some other output. */
    static Optional<ParentLine> parse(String line) {
        if (!line.startsWith(MARK)) {
            return Optional.empty();
        }
        String content = line.substring(MARK.length());
        int space = content.indexOf(' ');
        return Optional.of(
                space < 0
                        ? new Starting(Integer.parseInt(content))
                        : new Failing(
                                Reason.valueOf(content.substring(0, space)),
                                content.substring(space + 1)));
    }
}
