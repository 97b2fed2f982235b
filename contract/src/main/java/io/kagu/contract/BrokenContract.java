package io.kagu.contract;

import java.util.List;

/** An answer is not as the description says; ends the test that got it. */
public final class BrokenContract extends AssertionError {

    BrokenContract(Exchange exchange, List<String> faults) {
        super(
                "not as openapi.yaml says:%n- %s%nin: %s"
                        .formatted(String.join("%n- ".formatted(), faults), exchange));
    }
}
