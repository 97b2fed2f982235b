package io.kagu.statusapi.core;

import com.fasterxml.jackson.annotation.JsonProperty;

import io.kagu.common.codec.Json;
import io.kagu.common.job.DeathClass;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the dead letters of one cause have in common, and how many there are.
 *
 * @param sampleReason of its newest letter when that came
 */
public record LetterGroup(
        String fingerprint,
        @JsonProperty("class") DeathClass deathClass,
        String code,
        String sampleReason,
        long count,
        Instant newestAt,
        Instant oldestAt) {

    /** Largest first. */
    public static final Comparator<LetterGroup> LARGEST_FIRST =
            Comparator.comparingLong(LetterGroup::count)
                    .reversed()
                    .thenComparing(LetterGroup::fingerprint);

    /** Groups that an answer has at most: the largest. */
    public static final int MAX_GROUPS = 100;

    /** The largest of some groups, of which several may be parts of one. */
    public static List<LetterGroup> largest(List<LetterGroup> parts) {
        Map<String, LetterGroup> groups = new TreeMap<>();
        parts.forEach(part -> groups.merge(part.fingerprint(), part, LetterGroup::plus));
        return groups.values().stream().sorted(LARGEST_FIRST).limit(MAX_GROUPS).toList();
    }

    /** The group of one letter. */
    public static LetterGroup of(LetterHead head) {
        return new LetterGroup(
                head.fingerprint(),
                head.deathClass(),
                head.code(),
                head.reason(),
                1,
                head.diedAt(),
                head.diedAt());
    }

    /** A group as it stands in the store. */
    public static LetterGroup decode(byte[] json) {
        return Json.read(json, LetterGroup.class);
    }

    /** This group for the store. */
    public byte[] encode() {
        return Json.write(this);
    }

    /** Both groups as one, as of two partitions. */
    public LetterGroup plus(LetterGroup other) {
        LetterGroup newer = other.newestAt.isBefore(newestAt) ? this : other;
        return new LetterGroup(
                fingerprint,
                newer.deathClass,
                newer.code,
                newer.sampleReason,
                count + other.count,
                newer.newestAt,
                oldestAt.isBefore(other.oldestAt) ? oldestAt : other.oldestAt);
    }

    /** The group after one letter left, with the ends of what remains. */
    public LetterGroup without(Instant newestLeft, Instant oldestLeft) {
        return new LetterGroup(
                fingerprint,
                deathClass,
                code,
                sampleReason,
                Math.max(1, count - 1),
                newestLeft,
                oldestLeft);
    }
}
