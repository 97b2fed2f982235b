package io.kagu.cli.command;

import io.kagu.bench.pipeline.MachineFacts;

/** A machine on which others work while a benchmark measures. */
final class BusyMachine {

    private BusyMachine() {}

    /** Tells the user if this is one. */
    static void warn() {
        MachineFacts machine = MachineFacts.now();
        if (machine.busy()) {
            System.err.println(
                    "this machine is busy (" + machine.line() + "): only ratios mean anything");
        }
    }
}
