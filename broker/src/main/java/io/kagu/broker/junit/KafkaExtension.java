package io.kagu.broker.junit;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

import java.util.Locale;
import java.util.UUID;

/**
 * JUnit extension that gives test classes a real Kafka, started once per JVM, and each class its
 * own topic prefix.
 *
 * <p>Use it by {@code @ExtendWith(KafkaExtension.class)} and a parameter of type {@link TestKafka}
 * in a test, constructor or lifecycle method. The broker runs in a container where a Docker engine
 * answers, else embedded; {@code KAGU_TEST_KAFKA=embedded|docker}, as a system property or in the
 * environment, decides otherwise.
 */
public final class KafkaExtension implements BeforeAllCallback, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(KafkaExtension.class);
    private static final int UNIQUE_LENGTH = 8;

    @Override
    public void beforeAll(ExtensionContext context) {
        kafka(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestKafka.class;
    }

    @Override
    public TestKafka resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return kafka(context);
    }

    private static TestKafka kafka(ExtensionContext context) {
        Class<?> tests = context.getRequiredTestClass();
        return context.getStore(NAMESPACE)
                .computeIfAbsent(
                        tests,
                        key -> new TestKafka(server(context).bootstrapServers(), prefix(tests)),
                        TestKafka.class);
    }

    // The root store closes it when all test classes are through.
    private static KafkaServer server(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(KafkaServer.class, key -> start(), KafkaServer.class);
    }

    private static KafkaServer start() {
        KafkaServer server = ServerChoice.current().start();
        System.out.println(
                "Kafka for tests: " + server.description() + " at " + server.bootstrapServers());
        return server;
    }

    private static String prefix(Class<?> tests) {
        String unique = UUID.randomUUID().toString().substring(0, UNIQUE_LENGTH);
        return tests.getSimpleName().toLowerCase(Locale.ROOT) + "-" + unique + ".";
    }
}
