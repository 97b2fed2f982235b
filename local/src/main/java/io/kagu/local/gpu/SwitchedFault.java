package io.kagu.local.gpu;

/** A fault that is switched on, and whom it hits. */
public record SwitchedFault(Fault fault, Reach reach) {

    public SwitchedFault {
        if (fault instanceof Fault.OfServer && !(reach instanceof Reach.Every)) {
            throw new IllegalArgumentException(
                    fault.getClass().getSimpleName()
                            + " concerns the whole server: it cannot reach some calls only");
        }
    }
}
