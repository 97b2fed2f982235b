package io.kagu.bench.child;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a JVM with this one's executable and class path is started, and with its cache of loaded
 * classes, if it has one.
 */
public final class JvmCommand {

    private static final String AOT_CACHE = "-XX:AOTCache=";

    private JvmCommand() {}

    /**
     * The command line.
     *
     * @param options further options of the JVM
     */
    public static List<String> of(Class<?> main, List<String> options, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-Xmx512m",
                        // As the launcher starts the services.
                        "-XX:+UseSerialGC",
                        // What a child says on its standard output are answers.
                        "-Xlog:disable",
                        "-Xlog:all=warning:stderr",
                        "--sun-misc-unsafe-memory-access=allow",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dlogback.configurationFile=io/kagu/bench/child-logback.xml"));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith(AOT_CACHE))
                .forEach(command::add);
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }
}
