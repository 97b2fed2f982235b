package io.kagu.local.stack;

import java.nio.file.Path;

/** What is where in a stack's data folder. */
record Folders(Path root) {

    Path broker() {
        return root.resolve("kafka");
    }

    Path dispatcher() {
        return root.resolve("dispatcher");
    }

    Path status() {
        return root.resolve("status-api");
    }

    Path lock() {
        return root.resolve("kagu.lock");
    }
}
