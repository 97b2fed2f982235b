package io.kagu.cli.command;

import io.kagu.dispatcher.DispatcherMain;
import io.kagu.ingest.IngestMain;
import io.kagu.statusapi.StatusMain;

import picocli.CommandLine.Command;

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
    static final class Dispatcher implements Runnable {
        @Override
        public void run() {
            DispatcherMain.run(System.getenv());
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
