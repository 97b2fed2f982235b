package io.kagu.cli.command;

import io.kagu.cli.ExitCodes;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.Map;
import java.util.concurrent.Callable;

/** Ends a pause of a pool, or of a part of it. */
@Command(
        name = "resume",
        description = {
            "End a pause: of a pool, or of the same priority and model that were paused.",
            "(kagu gpus resume ends the drain of a GPU.)"
        })
public final class ResumeCommand implements Callable<Integer> {

    @Mixin private PoolPart part = new PoolPart();

    @Override
    public Integer call() throws InterruptedException {
        part.ask("resume", Map.of());
        System.out.println(part + ": resumed");
        return ExitCodes.OK;
    }
}
