package io.kagu.statusapi.web.queueclient;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A response as text, so that it fits into JSON whole.
 *
 * @param encoding {@code utf-8}, or {@code base64} where the bytes are no UTF-8
 */
record ResultText(String text, String encoding) {

    static ResultText of(byte[] body) {
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
            return new ResultText(text, "utf-8");
        } catch (CharacterCodingException _) {
            return new ResultText(Base64.getEncoder().encodeToString(body), "base64");
        }
    }
}
