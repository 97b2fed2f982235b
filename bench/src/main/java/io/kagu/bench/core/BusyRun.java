package io.kagu.bench.core;

/**
 * How busy the GPUs were in one repeat.
 *
 * @param busyShare busy time, as the GPUs saw it, by slots × window
 * @param coldShare the same in a window as long that begins with the first calls
 * @param callsPerSecond calls that ended in the window, by its length
 * @param call middle and tail of their lengths, in microseconds
 * @param gap of the times from the end of a call to the beginning of the next in its slot
 * @param cores processor time of the dispatcher's process, by the window's length
 * @param loadAverage of the machine over the last minute of the window
 */
public record BusyRun(
        int repeat,
        double busyShare,
        double coldShare,
        double callsPerSecond,
        Latency.Spread call,
        Latency.Spread gap,
        double cores,
        double loadAverage) {

    /** What the GPUs saw, and what the process and the machine said. */
    public static BusyRun of(
            int repeat, SlotTime cold, SlotTime slots, double cores, double loadAverage) {
        return new BusyRun(
                repeat,
                slots.share(),
                cold.share(),
                slots.callsPerSecond(),
                Latency.Spread.of(slots.lengths()),
                Latency.Spread.of(slots.gaps()),
                cores,
                loadAverage);
    }
}
