package io.kagu.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.broker.junit.KafkaExtension;
import io.kagu.broker.junit.TestKafka;
import io.kagu.contract.ApiDescription;
import io.kagu.contract.RegisteredRoutes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.util.Optional;

@ExtendWith(KafkaExtension.class)
class DescribedRoutesTest {

    @Test
    void theDescriptionHasTheRoutesOfThisServiceAndNoOthers(TestKafka kafka) {
        try (RunningIngest ingest =
                RunningIngest.start(
                        kafka.bootstrapServers(), kafka.topicPrefix(), Optional.empty())) {
            assertThat(RegisteredRoutes.ofService(ingest.routes()))
                    .isEqualTo(ApiDescription.served().routesOf("ingest"));
        }
    }
}
