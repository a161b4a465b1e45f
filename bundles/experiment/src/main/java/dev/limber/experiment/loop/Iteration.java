package dev.limber.experiment.loop;

import dev.limber.api.algorithm.Algorithm;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/// Has algorithms iterate, in a way that leaves none of their classes in the compiled code of who calls this.
///
/// The JVM's optimising compiler would write the class of the algorithm that it has seen most into the code of the loop
/// that calls it, and what stands in the code of a frame on the stack is never collected: an experiment would keep an
/// algorithm that it has given up long ago. It cannot do that through a method handle that is no constant.
final class Iteration {

    private final MethodHandle iterate; // not static, which would be a constant

    Iteration() {
        try {
            iterate = MethodHandles.lookup().findVirtual(Algorithm.class, "iterate", MethodType.methodType(void.class));
        } catch (ReflectiveOperationException impossible) { // it is there, and public
            throw new AssertionError(impossible);
        }
    }

    /// Iterates once.
    void of(Algorithm algorithm) {
        try {
            iterate.invokeExact(algorithm);
        } catch (RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable impossible) { // it declares no other
            throw new AssertionError(impossible);
        }
    }
}
