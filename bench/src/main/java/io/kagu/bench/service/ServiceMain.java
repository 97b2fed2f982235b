package io.kagu.bench.service;

import io.kagu.dispatcher.DispatcherMain;
import io.kagu.ingest.IngestMain;
import io.kagu.statusapi.StatusMain;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Child process: one service, with its settings in the environment as in production. It ends with
 * its parent at the latest.
 */
final class ServiceMain {

    private ServiceMain() {}

    /** Argument: the role. */
    public static void main(String[] arguments) {
        Thread.ofPlatform().daemon().name("parent-watch").start(ServiceMain::endWithParent);
        try {
            run(ServiceRole.valueOf(arguments[0]));
        } catch (RuntimeException e) {
            // Other threads may live; the program ends with this code, too.
            e.printStackTrace();
            System.exit(1);
        }
    }

    private static void run(ServiceRole role) {
        switch (role) {
            case DISPATCHER -> DispatcherMain.run(System.getenv());
            case STATUS_API -> StatusMain.run(System.getenv());
            case INGEST -> IngestMain.run(System.getenv());
        }
    }

    private static void endWithParent() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // A broken pipe is an end as well.
        }
        Runtime.getRuntime().halt(0);
    }
}
