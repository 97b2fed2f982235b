package io.kagu.dispatcher.executor;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;

import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.gpu.ServedModel;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Puts the GPU server's own name of a model into a request where the job used another one. Only the
 * bytes of the top-level {@code model} string change; numbers, order and white space stay.
 */
final class ModelField {

    private static final String FIELD = "model";

    private ModelField() {}

    /** What must be sent to this call's GPU: the job's body itself wherever that will do. */
    static byte[] bodyFor(Call call) {
        return upstreamName(call.gpu(), call.model())
                .filter(name -> !name.equals(call.job().model()))
                .filter(name -> JsonBytes.isMediaType(call.job().contentType()))
                .map(name -> replaced(call.body(), name))
                .orElse(call.body());
    }

    /** The server's name for a model. */
    private static Optional<String> upstreamName(GpuSpec gpu, String asked) {
        for (ServedModel model : gpu.models()) {
            if (model.name().equals(asked) || model.aliases().contains(asked)) {
                return Optional.of(model.upstream().orElse(model.name()));
            }
        }
        return Optional.empty();
    }

    /** The body with another model; itself where it is no JSON object with a model. */
    static byte[] replaced(byte[] body, String model) {
        try (JsonParser parser = JsonBytes.parser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return body;
            }
            Splice splice = new Splice(body, JsonStringEncoder.getInstance().quoteAsUTF8(model));
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean found = FIELD.equals(parser.currentName());
                if (parser.nextToken() == JsonToken.VALUE_STRING && found) {
                    splice.replaceString(parser);
                }
                parser.skipChildren();
            }
            return parser.currentToken() == JsonToken.END_OBJECT ? splice.result() : body;
        } catch (IOException e) {
            return body;
        }
    }

    /** A copy that leaves some strings out and puts another in. */
    private static final class Splice {
        private final byte[] source;
        private final byte[] insert;
        private final ByteArrayOutputStream copy;
        private int copied;

        Splice(byte[] source, byte[] insert) {
            this.source = source;
            this.insert = insert;
            this.copy = new ByteArrayOutputStream(source.length + insert.length);
        }

        void replaceString(JsonParser parser) throws IOException {
            parser.finishToken();
            long begin = parser.currentTokenLocation().getByteOffset();
            long end = parser.currentLocation().getByteOffset();
            // Bytes in UTF-16 or UTF-32 have no known offsets; they are sent as they are.
            if (begin >= copied && end <= source.length && quoted((int) begin, (int) end)) {
                copy.write(source, copied, (int) begin + 1 - copied);
                copy.writeBytes(insert);
                copied = (int) end - 1;
            }
        }

        private boolean quoted(int begin, int end) {
            return end - begin >= 2 && source[begin] == '"' && source[end - 1] == '"';
        }

        byte[] result() {
            if (copied == 0) {
                return source;
            }
            copy.writeBytes(Arrays.copyOfRange(source, copied, source.length));
            return copy.toByteArray();
        }
    }
}
