package io.kagu.cli.command;

import io.kagu.local.stack.LocalStack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a user needs to know of a running stack, with commands that work when pasted. */
final class StackBanner {

    private StackBanner() {}

    static List<String> lines(LocalStack stack, Path log, long startNanos) {
        String url = "http://127.0.0.1:" + stack.httpPort();
        String model = stack.registry().models().iterator().next();
        List<String> lines = new ArrayList<>();
        lines.add(
                String.format(Locale.ROOT, "Kagu is ready at %s (%.1f s)", url, startNanos / 1e9));
        lines.add("  Kafka    " + stack.bootstrapServers());
        stack.registry()
                .gpus()
                .forEach(gpu ->
                        lines.add(
                                "  GPU      %s: %s, %d %s, %s"
                                        .formatted(
                                                gpu.name(),
                                                gpu.models().getFirst().name(),
                                                gpu.slots(),
                                                gpu.slots() == 1 ? "slot" : "slots",
                                                gpu.endpoint())));
        lines.add("  data     " + stack.dataDir());
        lines.add("  log      " + log);
        lines.add("");
        lines.add("Submit a job, then get its result:");
        lines.add(
                "  curl -s %s/v1/jobs -H 'X-Kagu-Model: %s' -H 'X-Kagu-Priority: high' \\"
                        .formatted(url, model));
        lines.add("       -H 'X-Kagu-Id: hello-1' -H 'Content-Type: application/json' \\");
        lines.add(
                "       -d '{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}'"
                        .formatted(model));
        lines.add("  curl -s '%s/v1/jobs/hello-1/result?wait=20'".formatted(url));
        lines.add("Where it stands, and how full the queue is:");
        lines.add("  curl -s %s/v1/jobs/hello-1".formatted(url));
        lines.add("  curl -s %s/v1/queue".formatted(url));
        lines.add("A whole file, from another terminal:");
        lines.add("  ./kagu run examples/jobs.jsonl --server " + url);
        lines.add("");
        lines.add("Ctrl-C stops it; queue and history are kept.");
        return lines;
    }
}
