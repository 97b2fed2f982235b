package io.kagu.statusapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.broker.junit.KafkaExtension;
import io.kagu.broker.junit.TestKafka;
import io.kagu.contract.ApiDescription;
import io.kagu.contract.RegisteredRoutes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

@ExtendWith(KafkaExtension.class)
class DescribedRoutesTest {

    @Test
    void theDescriptionHasTheRoutesOfThisServiceAndNoOthers(TestKafka kafka, @TempDir Path dir) {
        try (StatusUnderTest status = StatusUnderTest.on(kafka, dir)) {
            assertThat(RegisteredRoutes.ofService(status.replica().routes()))
                    .isEqualTo(ApiDescription.served().routesOf("status-api"));
        }
    }
}
