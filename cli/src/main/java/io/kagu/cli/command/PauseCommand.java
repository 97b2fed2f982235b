package io.kagu.cli.command;

import io.kagu.cli.ExitCodes;

import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lets jobs of a pool wait; those that run go on. */
@Command(
        name = "pause",
        description = {
            "Let the jobs of a pool wait, or those of one priority or model.",
            "Jobs that run go on; new ones are taken in."
        })
public final class PauseCommand implements Callable<Integer> {

    @Mixin private PoolPart part = new PoolPart();

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = Span.class,
            description = "how long, such as 30s, 10m, 2h or 1d; else until it is resumed")
    private Optional<Duration> time = Optional.empty();

    @Option(names = "--reason", paramLabel = "TEXT", description = "told to those who wait")
    private Optional<String> reason = Optional.empty();

    @Override
    public Integer call() throws InterruptedException {
        Map<String, Object> more = new TreeMap<>();
        time.ifPresent(span -> more.put("for_s", span.toSeconds()));
        reason.ifPresent(text -> more.put("reason", text));
        part.ask("pause", more);
        System.out.println(
                part + time.map(span -> ": paused for " + words(span)).orElse(": paused"));
        return ExitCodes.OK;
    }

    private static String words(Duration span) {
        return span.toSeconds() + " s";
    }

    /** Reads a number with its unit. */
    static final class Span implements ITypeConverter<Duration> {

        private static final Pattern FORM = Pattern.compile("([1-9]\\d{0,6})([smhd])");

        @Override
        public Duration convert(String text) {
            Matcher form = FORM.matcher(text);
            if (!form.matches()) {
                throw new TypeConversionException(
                        "'%s' is no time such as 30s, 10m, 2h or 1d".formatted(text));
            }
            long number = Long.parseLong(form.group(1));
            return switch (form.group(2)) {
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                default -> Duration.ofDays(number);
            };
        }
    }
}
