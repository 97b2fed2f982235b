package io.kagu.local.gpu;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** JSON to and from bytes. */
final class Bodies {

    static final ObjectMapper JSON = new ObjectMapper();

    private Bodies() {}

    static byte[] bytesOf(Object value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a body of our own making is not JSON", e);
        }
    }
}
