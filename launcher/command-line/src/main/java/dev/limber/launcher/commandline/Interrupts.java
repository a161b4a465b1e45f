package dev.limber.launcher.commandline;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Turns Ctrl-C and SIGTERM into a request to stop while experiments run; the second one ends the process at once.
///
/// A shutdown hook could not do that: no second signal is heard while hooks run. The JDK's only way to hear of a signal
/// itself is `sun.misc.Signal`, which javac warns of without a way to allow it, so it is called by reflection.
final class Interrupts implements AutoCloseable {

    private static final int SIGINT = 2;
    private static final int SIGTERM = 15;

    private final AtomicInteger received = new AtomicInteger();
    private final Runnable stop;
    private final Consumer<String> note;
    private final Object interruptBefore;
    private final Object terminateBefore;

    private Interrupts(Runnable stop, Consumer<String> note) {
        this.stop = stop;
        this.note = note;
        interruptBefore = handle("INT", handler(SIGINT));
        terminateBefore = handle("TERM", handler(SIGTERM));
    }

    /// Handles signals until closed.
    ///
    /// @param stop asks whatever runs to stop
    /// @param note tells the user
    static Interrupts stopping(Runnable stop, Consumer<String> note) {
        return new Interrupts(stop, note);
    }

    /// Number of the signal that came, 0 for none.
    int received() {
        return received.get();
    }

    @Override
    public void close() {
        handle("INT", interruptBefore);
        handle("TERM", terminateBefore);
    }

    private void hear(int signal) {
        if (!received.compareAndSet(0, signal)) {
            Runtime.getRuntime().halt(128 + signal);
        }
        note.accept("stopping after this iteration; once more ends it at once");
        stop.run();
    }

    private Object handler(int signal) {
        Class<?> contract = type("sun.misc.SignalHandler");
        return Proxy.newProxyInstance(contract.getClassLoader(), new Class<?>[] {contract},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "handle" -> {
                        hear(signal);
                        yield null;
                    }
                    case "equals" -> proxy == arguments[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    default -> "handler of signal " + signal;
                });
    }

    /// @return the handler that was there before
    private static Object handle(String signal, Object handler) {
        Class<?> type = type("sun.misc.Signal");
        try {
            Method handle = type.getMethod("handle", type, type("sun.misc.SignalHandler"));
            return handle.invoke(null, type.getConstructor(String.class).newInstance(signal), handler);
        } catch (InvocationTargetException refused) {
            throw new IllegalStateException("cannot listen for the signal " + signal, refused.getCause());
        } catch (ReflectiveOperationException missing) {
            throw new IllegalStateException("this Java has no sun.misc.Signal", missing);
        }
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException missing) {
            throw new IllegalStateException("this Java has no " + name, missing);
        }
    }
}
