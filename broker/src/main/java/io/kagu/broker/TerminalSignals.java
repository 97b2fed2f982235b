package io.kagu.broker;

import java.lang.reflect.Proxy;

/**
 * Leaves the terminal's signals to the parent.
 *
 * <p>Ctrl-C reaches every process of a terminal at once. The parent still needs its broker to wind
 * up its work, and stops the broker itself at the end. The signal class is not exported to the
 * compiler, hence the reflection.
 */
final class TerminalSignals {

    private static final String[] IGNORED = {"INT", "HUP"};

    private TerminalSignals() {}

    static void leaveToParent() {
        for (String name : IGNORED) {
            try {
                ignore(name);
            } catch (ReflectiveOperationException | IllegalArgumentException e) {
                // A system without this signal; there is nothing to leave.
            }
        }
    }

    private static void ignore(String name) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object nothing =
                Proxy.newProxyInstance(
                        TerminalSignals.class.getClassLoader(),
                        new Class<?>[] {handler},
                        (proxy, method, arguments) -> answer(proxy, method.getName()));
        Object wanted = signal.getConstructor(String.class).newInstance(name);
        signal.getMethod("handle", signal, handler).invoke(null, wanted, nothing);
    }

    private static Object answer(Object proxy, String method) {
        return switch (method) {
            case "hashCode" -> System.identityHashCode(proxy);
            case "equals" -> false;
            default -> "ignored";
        };
    }
}
