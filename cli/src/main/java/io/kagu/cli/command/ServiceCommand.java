package io.kagu.cli.command;

import io.kagu.cli.ExitCodes;
import io.kagu.dispatcher.DispatcherMain;
import io.kagu.ingest.IngestMain;
import io.kagu.statusapi.StatusMain;

import picocli.CommandLine.Command;

import java.util.concurrent.Callable;

/** The services as processes of their own; all settings come from the environment. */
final class ServiceCommand {

    private ServiceCommand() {}

    /** The front door. */
    @Command(
            name = "ingest",
            description = "Run the front door: takes jobs over HTTP (settings: KAGU_INGEST_*).")
    static final class Ingest implements Runnable {
        @Override
        public void run() {
            IngestMain.run(System.getenv());
        }
    }

    /** One replica of the pools' owner. */
    @Command(
            name = "dispatcher",
            description = "Run a dispatcher: sends jobs to GPUs (settings: KAGU_DISPATCHER_*).")
    static final class Dispatcher implements Callable<Integer> {
        @Override
        public Integer call() throws InterruptedException {
            DispatcherMain.run(System.getenv());
            return ExitCodes.OK;
        }
    }

    /** The place to ask about jobs. */
    @Command(
            name = "status-api",
            description =
                    "Run the status API: tells of jobs and results (settings: KAGU_STATUS_*).")
    static final class StatusApi implements Runnable {
        @Override
        public void run() {
            StatusMain.run(System.getenv());
        }
    }
}
