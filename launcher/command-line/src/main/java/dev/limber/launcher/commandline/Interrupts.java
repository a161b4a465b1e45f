package dev.limber.launcher.commandline;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/// Turns Ctrl-C and SIGTERM into requests while something runs. Each is heard on a thread of its own.
///
/// A shutdown hook could not do that: no second signal is heard while hooks run. The JDK's only way to hear of a signal
/// itself is `sun.misc.Signal`, which javac warns of without a way to allow it, so it is called by reflection.
final class Interrupts implements AutoCloseable {

    static final int SIGINT = 2;
    static final int SIGTERM = 15;

    private final AtomicInteger received = new AtomicInteger();
    private final AtomicBoolean repeated = new AtomicBoolean();
    private final IntConsumer first;
    private final IntConsumer again;
    private final Object interruptBefore;
    private final Object terminateBefore;

    private Interrupts(IntConsumer first, IntConsumer again) {
        this.first = first;
        this.again = again;
        interruptBefore = handle("INT", handler(SIGINT));
        terminateBefore = handle("TERM", handler(SIGTERM));
    }

    /// Handles signals until closed.
    ///
    /// @param stop asks whatever runs to stop
    /// @param note tells the user
    static Interrupts stopping(Runnable stop, Consumer<String> note) {
        return new Interrupts(_ -> {
            note.accept("stopping after this iteration; once more ends it at once");
            stop.run();
        }, Interrupts::halt);
    }

    /// Handles signals until closed: the third one ends the process.
    ///
    /// @param first what the first signal does; receives its number
    /// @param again what the second signal does
    static Interrupts handling(IntConsumer first, Runnable again) {
        return new Interrupts(first, _ -> again.run());
    }

    /// Handles signals until closed: the first one ends the process, which takes with it what was half done.
    ///
    /// @param notice what the user is told
    /// @param note tells the user
    static Interrupts ending(String notice, Consumer<String> note) {
        return new Interrupts(signal -> {
            note.accept(notice);
            System.exit(128 + signal);
        }, Interrupts::halt);
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
        if (received.compareAndSet(0, signal)) {
            first.accept(signal);
        } else if (repeated.compareAndSet(false, true)) {
            again.accept(signal);
        } else {
            halt(signal);
        }
    }

    private static void halt(int signal) {
        Runtime.getRuntime().halt(128 + signal);
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
