package io.kagu.bench.pipeline;

import io.kagu.common.gpu.GpuLimits;
import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.gpu.Registry;
import io.kagu.common.gpu.RegistryPublisher;
import io.kagu.common.gpu.ServedModel;
import io.kagu.common.gpu.Sidecar;
import io.kagu.common.kafka.KafkaClients;
import io.kagu.common.topic.TopicProvisioner;
import io.kagu.common.topic.TopicTable;
import io.kagu.common.topic.Topics;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The topics of one start of a side, the same for both; in the registry, the fleet. */
final class BenchTopics {

    /**
     * All rows in one batch: of several under way to a new topic, the broker may refuse the first
     * and take a later one, and then refuses the first for ever.
     */
    private static final int LINGER_MILLIS = 200;

    private static final String CLIENT = "bench-topics";
    private static final long VRAM_MB = 24_576;
    private static final int CALL_SECONDS = 300;

    private BenchTopics() {}

    static void make(SideSetup setup) throws InterruptedException {
        KafkaClients clients = new KafkaClients(setup.kafka(), setup.topics());
        try (Admin admin = clients.admin(CLIENT);
                Producer<String, byte[]> producer = clients.producer(CLIENT, LINGER_MILLIS)) {
            new TopicProvisioner(admin).ensure(TopicTable.of(setup.topics()));
            new RegistryPublisher(producer, new Topics(setup.prefix()).registry())
                    .replace(Registry.EMPTY, Registry.of(gpus(setup)));
        }
    }

    private static List<GpuSpec> gpus(SideSetup setup) {
        return IntStream.range(0, setup.gpus().size())
                .mapToObj(number -> gpu(setup, number))
                .toList();
    }

    private static GpuSpec gpu(SideSetup setup, int number) {
        return new GpuSpec(
                GpuProcess.name(number),
                setup.gpus().get(number),
                Sidecar.NONE,
                GpuSpec.DEFAULT_POOL,
                "simulated",
                List.of(ServedModel.of(GpuProcess.MODEL)),
                setup.slots(),
                VRAM_MB,
                0,
                CALL_SECONDS,
                GpuLimits.NONE,
                Optional.empty());
    }
}
