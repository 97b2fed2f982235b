package io.kagu.contract;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.util.List;

/**
 * Fails a test whose client got an answer that breaks the contract, even if the test did not look
 * at it: an event of a stream, or an answer that was asked for again and again. JUnit registers it
 * by itself wherever this module is on the class path.
 */
public final class ContractExtension implements AfterEachCallback, AfterAllCallback {

    @Override
    public void afterEach(ExtensionContext context) {
        requireNone();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        requireNone();
    }

    static void requireNone() {
        List<BrokenContract> broken = BrokenContracts.take();
        if (!broken.isEmpty()) {
            throw broken.getFirst();
        }
    }
}
