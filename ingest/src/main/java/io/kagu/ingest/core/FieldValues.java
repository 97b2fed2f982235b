package io.kagu.ingest.core;

import io.kagu.common.codec.Paths;
import io.kagu.common.job.JobIds;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads single values; empty for every value that is not allowed, see {@link Field#allowed()}. */
final class FieldValues {

    private static final Pattern TENANT = Pattern.compile("[!-~]{1,128}");
    private static final Pattern MODEL = Pattern.compile("[^\\p{Cntrl}]{1,200}");
    private static final Pattern AFFINITY = Pattern.compile("[^\\p{Cntrl}]{1,256}");
    private static final Pattern MEDIA_TYPE =
            Pattern.compile("(?=.{3,255}$)[\\w!#$&^.+-]+/[\\w!#$&^.+-]+(\\s*;[ -~]*)?");
    private static final Pattern KEY = Pattern.compile("(?=.*\\S)[ -~]{1,256}");
    private static final Pattern WHOLE = Pattern.compile("\\d{1,10}");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");
    private static final Duration FARTHEST = Duration.ofDays(365);
    private static final int MAX_URL = 2048;

    private FieldValues() {}

    static Optional<String> id(String value) {
        return Optional.of(value).filter(JobIds::valid);
    }

    static Optional<String> model(String value) {
        return matching(MODEL, value).filter(name -> !name.isBlank());
    }

    static Optional<String> tenant(String value) {
        return matching(TENANT, value);
    }

    static Optional<String> path(String value) {
        return Optional.of(value).filter(Paths::valid);
    }

    static Optional<String> affinity(String value) {
        return matching(AFFINITY, value);
    }

    static Optional<String> mediaType(String value) {
        return matching(MEDIA_TYPE, value);
    }

    static Optional<String> idempotencyKey(String value) {
        return matching(KEY, value);
    }

    static Optional<Long> wholeNumber(String value, long min, long max) {
        return matching(WHOLE, value)
                .map(Long::valueOf)
                .filter(number -> number >= min && number <= max);
    }

    /**
     * A time that has passed is allowed: the same job submitted again must not be refused because
     * its deadline came in between.
     */
    static Optional<Instant> deadline(String value, Instant now) {
        return (SECONDS.matcher(value).matches() ? secondsFrom(now, value) : time(value))
                .filter(time -> !time.isAfter(now.plus(FARTHEST)));
    }

    static Optional<URI> callback(String value) {
        try {
            return Optional.of(new URI(value)).filter(FieldValues::isPlainHttp);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static boolean isPlainHttp(URI uri) {
        boolean http =
                "http".equalsIgnoreCase(uri.getScheme())
                        || "https".equalsIgnoreCase(uri.getScheme());
        return http
                && uri.getHost() != null
                && uri.getRawUserInfo() == null
                && uri.toString().length() <= MAX_URL;
    }

    private static Optional<Instant> secondsFrom(Instant now, String value) {
        long millis = new BigDecimal(value).movePointRight(3).longValue();
        return Optional.of(now.plusMillis(millis)).filter(time -> time.isAfter(now));
    }

    private static Optional<Instant> time(String value) {
        try {
            return Optional.of(OffsetDateTime.parse(value).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> matching(Pattern pattern, String value) {
        return Optional.of(value).filter(text -> pattern.matcher(text).matches());
    }
}
