package io.kagu.cli.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.job.Priority;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.util.List;

final class LineParserTest {

    private static final int MAX_BODY = 200;

    private static ParsedLine parse(String line) {
        return new LineParser(MAX_BODY).parse(7, line);
    }

    private static JobRequest good(String line) {
        assertThat(parse(line)).isInstanceOf(ParsedLine.Good.class);
        return ((ParsedLine.Good) parse(line)).request();
    }

    private static List<String> faults(String line) {
        assertThat(parse(line)).isInstanceOf(ParsedLine.Bad.class);
        return ((ParsedLine.Bad) parse(line)).faults();
    }

    @Test
    void aLineSaysAllOfItsJob() {
        JobRequest job =
                good(
                        """
                        {"id":"a-1","model":"m","priority":"HIGH","path":"/v1/completions",\
                        "tenant":"t","deadline":"2030-01-31T12:00:00Z","max_attempts":2,\
                        "tokens":90,"callback":"http://127.0.0.1/done","affinity":"x",\
                        "payload":{"model":"m","prompt":"hi"}}\
                        """);

        assertThat(job.customId()).isEqualTo("a-1");
        assertThat(job.model()).isEqualTo("m");
        assertThat(job.priority()).isEqualTo(Priority.HIGH);
        assertThat(job.body()).isEqualTo("{\"model\":\"m\",\"prompt\":\"hi\"}");
        assertThat(job.options().path()).isEqualTo("/v1/completions");
        assertThat(job.options().tenant()).contains("t");
        assertThat(job.options().deadline()).contains(Instant.parse("2030-01-31T12:00:00Z"));
        assertThat(job.options().maxAttempts()).hasValue(2);
        assertThat(job.options().tokens()).hasValue(90);
        assertThat(job.options().affinity()).contains("x");
    }

    @Test
    void aLineOfAnOpenAiBatchIsAJob() {
        JobRequest job =
                good(
                        """
                        {"custom_id":"b-1","method":"POST","url":"/v1/embeddings",\
                        "body":{"model":"e","input":["x"]}}\
                        """);

        assertThat(job.customId()).isEqualTo("b-1");
        assertThat(job.model()).isEqualTo("e");
        assertThat(job.priority()).isEqualTo(Priority.NORMAL);
        assertThat(job.options().path()).isEqualTo("/v1/embeddings");
    }

    @Test
    void theBodyStaysAsItIsWritten() {
        String body = "{ \"model\":\"m\",  \"temperature\":1.10, \"seed\":12345678901234567890 }";

        assertThat(good("{\"payload\":" + body + " , \"id\":1}").body()).isEqualTo(body);
    }

    @Test
    void aBodyWithoutItsModelGetsTheLines() {
        assertThat(good("{\"model\":\"m\",\"payload\":{\"a\":1}}").body())
                .isEqualTo("{\"model\":\"m\",\"a\":1}");
        assertThat(good("{\"model\":\"m\",\"payload\":{ }}").body()).isEqualTo("{\"model\":\"m\"}");
    }

    @Test
    void aLineWithoutAnIdIsCalledByItsNumber() {
        assertThat(good("{\"model\":\"m\",\"payload\":{}}").customId()).isEqualTo("line-7");
    }

    @Test
    void aNumberIsAnId() {
        assertThat(good("{\"id\":12,\"model\":\"m\",\"payload\":{}}").customId()).isEqualTo("12");
    }

    @Test
    void sameLinesHaveTheSameContentAndOthersAnother() {
        String line = "{\"model\":\"m\",\"payload\":{}}";

        assertThat(good(line).content()).isEqualTo(good("  " + line + "\r").content());
        assertThat(good(line).content())
                .isNotEqualTo(good(line.replace("\"m\"", "\"n\"")).content());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"model\":\"m\",\"payload\":{} | no JSON: Unexpected end",
                "[1] | a line must be one JSON object",
                "{\"model\":\"m\",\"payload\":{}} {} | more than one JSON object",
                "{\"model\":\"m\",\"payload\":{},\"priority\":\"urgent\"} | unknown priority"
                        + " \"urgent\": allowed are high, normal, low",
                "{\"payload\":{}} | no model",
                "{\"payload\":{\"model\":5}} | no model",
                "{\"model\":\"m\"} | no body",
                "{\"model\":\"m\",\"payload\":[1]} | \"payload\" must be a JSON object",
                "{\"model\":\"m\",\"payload\":{},\"body\":{}} | two bodies",
                "{\"model\":\"m\",\"payload\":{},\"priorty\":\"high\"} | unknown field \"priorty\"",
                "{\"model\":\"m\",\"model\":\"n\",\"payload\":{}} | \"model\" appears twice",
                "{\"model\":\" \",\"payload\":{}} | model: must be a text",
                "{\"model\":\"m\",\"payload\":{},\"path\":\"http://x/y\"} | must be a path",
                "{\"model\":\"m\",\"payload\":{},\"method\":\"GET\"} | only POST is allowed",
                "{\"model\":\"m\",\"payload\":{},\"deadline\":\"soon\"} | must be a time",
                "{\"model\":\"m\",\"payload\":{},\"max_attempts\":0} | from 1 to 100",
                "{\"model\":\"m\",\"payload\":{},\"callback\":\"ftp://x\"} | callback: must be",
                "{\"id\":\"a\",\"custom_id\":\"b\",\"model\":\"m\",\"payload\":{}} | differ"
            })
    void aBadLineIsToldWithWhatIsAllowed(String line, String fault) {
        assertThat(faults(line)).singleElement().asString().contains(fault);
    }

    @Test
    void allFaultsOfALineAreTold() {
        assertThat(faults("{\"priority\":\"x\",\"tokens\":-1,\"payload\":7}")).hasSize(4);
    }

    @Test
    void aBodyOverTheLimitIsToldWithTheLimit() {
        String line = "{\"model\":\"m\",\"payload\":{\"x\":\"" + "é".repeat(100) + "\"}}";

        assertThat(faults(line)).containsExactly("body of 208 bytes: at most 200 are allowed");
    }

    @Test
    void aBadLineKeepsItsIdWhereItCanBeRead() {
        assertThat(parse("{\"id\":\"a-9\"}"))
                .isInstanceOfSatisfying(
                        ParsedLine.Bad.class, bad -> assertThat(bad.customId()).isEqualTo("a-9"));
    }

    @Test
    void whatIsWrongIsSaidWithoutThePrompt() {
        assertThat(faults("{\"payload\":{\"prompt\":\"secret\" \"more\"}}").toString())
                .doesNotContain("secret");
    }
}
