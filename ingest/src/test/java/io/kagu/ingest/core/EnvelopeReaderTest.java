package io.kagu.ingest.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

class EnvelopeReaderTest {

    @Test
    void fieldsAndPayloadAreTakenApart() {
        Submission submission =
                open(
                        """
                        {"id":"j1", "model":"qwen", "priority":"low", "tenant":"acme",
                         "path":"/v1/completions", "deadline":90.5, "max_attempts":3,
                         "tokens":12, "callback":"http://h/x", "affinity":"a",
                         "content_type":"text/plain", "idempotency_key":"k", "payload":{}}\
                        """);

        assertThat(submission.fields().value(Field.ID)).contains("j1");
        assertThat(submission.fields().value(Field.MODEL)).contains("qwen");
        assertThat(submission.fields().value(Field.PRIORITY)).contains("low");
        assertThat(submission.fields().value(Field.TENANT)).contains("acme");
        assertThat(submission.fields().value(Field.PATH)).contains("/v1/completions");
        assertThat(submission.fields().value(Field.DEADLINE)).contains("90.5");
        assertThat(submission.fields().value(Field.MAX_ATTEMPTS)).contains("3");
        assertThat(submission.fields().value(Field.TOKENS)).contains("12");
        assertThat(submission.fields().value(Field.CALLBACK)).contains("http://h/x");
        assertThat(submission.fields().value(Field.AFFINITY)).contains("a");
        assertThat(submission.fields().value(Field.CONTENT_TYPE)).contains("text/plain");
        assertThat(submission.fields().value(Field.IDEMPOTENCY_KEY)).contains("k");
        assertThat(submission.fields().nameOf(Field.MAX_ATTEMPTS)).isEqualTo("max_attempts");
        assertThat(text(submission)).isEqualTo("{}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ \"a\" : [ 1 , 2 ] }            | {\"a\":[1,2]}",
                "{ \"n\" : 1.10e+05 }             | {\"n\":1.10e+05}",
                "[ 0.1000000000000000055511151231257827021181583404541015625, -0, 1E400 ] "
                        + "| [0.1000000000000000055511151231257827021181583404541015625,-0,1E400]",
                "{\"s\":\"two  blanks \\\\ \\\" q\" } | {\"s\":\"two  blanks \\\\ \\\" q\"}",
                "{\"s\":\"\\u00e9\\ud83d ü\" , \"e\" : \"\\\\\\\\\" } "
                        + "| {\"s\":\"\\u00e9\\ud83d ü\",\"e\":\"\\\\\\\\\"}",
                "{\"z\":1, \"a\":2, \"z\":3}     | {\"z\":1,\"a\":2,\"z\":3}",
                "\"a text\"                     | \"a text\"",
                "12.50                          | 12.50",
                "true                           | true"
            })
    void thePayloadLosesItsBlanksAndNothingElse(String payload, String body) {
        assertThat(text(open("{\"model\":\"m\", \"payload\" : " + payload + " }"))).isEqualTo(body);
        assertThat(text(open("{\"payload\":" + payload + ",\"model\":\"m\"}"))).isEqualTo(body);
    }

    @Test
    void aPayloadTextIsTakenAsItIs() {
        assertThat(text(open("{\"payload_text\":\"{ \\\"a\\\": 1 }\\nü\"}")))
                .isEqualTo("{ \"a\": 1 }\nü");
    }

    @Test
    void aPayloadInBase64IsDecoded() {
        Submission submission = open("{\"payload_base64\":\"AP/+gA==\"}");

        assertThat(submission.body().bytes())
                .containsExactly(0, (byte) 0xff, (byte) 0xfe, (byte) 0x80);
        assertThat(submission.bodyField()).isEqualTo("payload_base64");
    }

    @Test
    void aNullIsAsGoodAsAbsent() {
        Submission submission =
                open("{\"model\":null,\"payload\":null,\"payload_text\":\"x\",\"tokens\":null}");

        assertThat(submission.fields().get(Field.MODEL)).isEmpty();
        assertThat(text(submission)).isEqualTo("x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[]",
                "\"x\"",
                "null",
                "7",
                "{",
                "{\"payload\":",
                "{\"payload\":{}",
                "{\"payload\":{]}}",
                "{\"payload\":{}} {}",
                "{\"payload\":{}},",
                "{payload:1}",
                "{\"payload\":tru}",
                "{\"payload\":01}",
                "{\"payload\":\"\\x\"}",
                "not json"
            })
    void whatIsNoSingleJsonObjectIsMalformed(String text) {
        assertThat(refusal(text)).isInstanceOf(Refusal.MalformedEnvelope.class);
    }

    @Test
    void anUnknownMemberIsNotIgnored() {
        assertThat(refusal("{\"max_attempt\":3,\"payload\":{}}"))
                .isInstanceOfSatisfying(
                        Refusal.UnknownField.class,
                        unknown -> {
                            assertThat(unknown.field()).isEqualTo("max_attempt");
                            assertThat(unknown.known()).contains("max_attempts", "payload");
                        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"model\":\"m\"}", "{}", "{\"payload\":null}"})
    void anEnvelopeWithoutAPayloadIsRefused(String text) {
        assertThat(refusal(text))
                .isInstanceOfSatisfying(
                        Refusal.InvalidField.class,
                        invalid -> assertThat(invalid.field()).isEqualTo("payload"));
    }

    @Test
    void twoPayloadsAreRefused() {
        assertThat(refusal("{\"payload\":{},\"payload_text\":\"x\"}"))
                .isInstanceOfSatisfying(
                        Refusal.InvalidField.class,
                        invalid -> assertThat(invalid.field()).isEqualTo("payload_text"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"payload_base64\":\"!\"}                | payload_base64",
                "{\"payload_base64\":7}                    | payload_base64",
                "{\"payload_text\":{\"a\":1}}              | payload_text",
                "{\"payload\":{},\"model\":{\"a\":[1]}}    | model",
                "{\"payload\":{},\"priority\":[\"high\"]}  | priority",
                "{\"payload\":{},\"max_attempts\":true}    | max_attempts"
            })
    void aMemberOfTheWrongKindIsNamed(String text, String member) {
        assertThat(refusal(text))
                .isInstanceOfSatisfying(
                        Refusal.InvalidField.class,
                        invalid -> assertThat(invalid.field()).isEqualTo(member));
    }

    private static Submission open(String json) {
        return switch (EnvelopeReader.open(json.getBytes(StandardCharsets.UTF_8))) {
            case Arrival.Complete(Submission submission) -> submission;
            case Arrival.Refused(Refusal refusal) -> throw new AssertionError(refusal);
        };
    }

    private static Refusal refusal(String json) {
        return switch (EnvelopeReader.open(json.getBytes(StandardCharsets.UTF_8))) {
            case Arrival.Complete(Submission submission) ->
                    throw new AssertionError(text(submission));
            case Arrival.Refused(Refusal refusal) -> refusal;
        };
    }

    private static String text(Submission submission) {
        return new String(submission.body().bytes(), StandardCharsets.UTF_8);
    }
}
