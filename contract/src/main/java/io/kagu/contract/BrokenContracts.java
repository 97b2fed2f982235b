package io.kagu.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** All that was found broken in this process since it was asked last. */
final class BrokenContracts {

    private static final ConcurrentLinkedQueue<BrokenContract> FOUND =
            new ConcurrentLinkedQueue<>();

    private BrokenContracts() {}

    static void note(BrokenContract broken) {
        FOUND.add(broken);
    }

    static List<BrokenContract> take() {
        List<BrokenContract> taken = new ArrayList<>();
        for (BrokenContract next = FOUND.poll(); next != null; next = FOUND.poll()) {
            taken.add(next);
        }
        return taken;
    }
}
