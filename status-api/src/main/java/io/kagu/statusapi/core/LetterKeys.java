package io.kagu.statusapi.core;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The keys of the store of dead letters. All that is kept of a letter is in one store, so that its
 * writes have one order: {@code L} and job id, the letter; {@code T} and place, its head by time;
 * {@code F}, fingerprint, 0 and place, its head by cause; {@code G} and fingerprint, the group.
 */
public final class LetterKeys {

    /** What a fingerprint may look like. */
    public static final String FINGERPRINT = "[0-9A-Za-z._-]{1,64}";

    private static final Pattern FINGERPRINT_PATTERN = Pattern.compile(FINGERPRINT);
    private static final byte LETTER = 'L';
    private static final byte BY_TIME = 'T';
    private static final byte BY_FINGERPRINT = 'F';
    private static final byte GROUP = 'G';
    private static final byte END = 0;
    private static final byte[] NOTHING = {};

    private LetterKeys() {}

    /** Whether a text can stand in keys as a fingerprint. */
    public static boolean validFingerprint(String text) {
        return FINGERPRINT_PATTERN.matcher(text).matches();
    }

    /** Of the letter itself. */
    public static byte[] letter(String id) {
        return key(LETTER, id, NOTHING);
    }

    /** Of its head in the order of all letters. */
    public static byte[] byTime(ListPlace place) {
        return key(BY_TIME, "", place.encode());
    }

    /** Of its head in the order of the letters of one cause. */
    public static byte[] byFingerprint(String fingerprint, ListPlace place) {
        return key(BY_FINGERPRINT, fingerprint, ended(place.encode()));
    }

    /** Of what all letters of one cause have in common. */
    public static byte[] group(String fingerprint) {
        return key(GROUP, fingerprint, NOTHING);
    }

    /** Before every head by cause, whatever the cause. */
    public static byte[] firstByFingerprint() {
        return key(BY_FINGERPRINT, "", NOTHING);
    }

    /** Before every group; after every head by cause. */
    public static byte[] firstGroup() {
        return key(GROUP, "", NOTHING);
    }

    /** After every group. */
    public static byte[] afterGroups() {
        return new byte[] {GROUP + 1};
    }

    /** The place in a key of a head. */
    public static ListPlace place(byte[] key) {
        int at = 1;
        if (key[0] == BY_FINGERPRINT) {
            while (key[at] != END) {
                at++;
            }
            at++;
        }
        return ListPlace.decode(key, at);
    }

    private static byte[] ended(byte[] rest) {
        return ByteBuffer.allocate(1 + rest.length).put(END).put(rest).array();
    }

    private static byte[] key(byte kind, String text, byte[] rest) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + utf8.length + rest.length)
                .put(kind)
                .put(utf8)
                .put(rest)
                .array();
    }
}
