package dev.limber.launcher;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;

/// Gives the process its standard error back.
///
/// The JVM warns of the incubating Vector API on every start, before `main`, and has no option against it. So the script
/// `limber` starts it with standard error closed off and the real one as another descriptor, whose number is the system
/// property `limber.stderr`. Copying that onto descriptor 2 puts everything right, for native code too.
final class StandardError {

    private StandardError() {}

    /// Restores it in the background: print nothing there before the returned thread has ended.
    static Thread restore() {
        Integer descriptor = Integer.getInteger("limber.stderr");
        return Thread.ofPlatform().name("standard error").start(() -> {
            if (descriptor != null) {
                duplicate(descriptor);
            }
        });
    }

    @SuppressWarnings("restricted")
    private static void duplicate(int descriptor) {
        var linker = Linker.nativeLinker();
        var dup2 = linker.downcallHandle(linker.defaultLookup().findOrThrow("dup2"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        try {
            int result = (int) dup2.invokeExact(descriptor, 2);
            if (result != 2) {
                System.out.println("limber: standard error is lost: dup2 answered " + result);
            }
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }
}
