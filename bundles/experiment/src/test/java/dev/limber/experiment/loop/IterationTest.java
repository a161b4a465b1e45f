package dev.limber.experiment.loop;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.limber.api.algorithm.Algorithm;
import dev.limber.api.policy.Policy;
import dev.limber.api.state.State;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;

class IterationTest {

    /// Enough for the optimising compiler, three times over.
    private static final int ITERATIONS = 200_000;

    private final Iteration iteration = new Iteration();
    private Algorithm current;
    private long iterations;

    /// A version of an algorithm, in a class of its own each time it is defined.
    static final class Counting implements Algorithm {

        private final Runnable each;

        Counting(Runnable each) {
            this.each = each;
        }

        @Override
        public void iterate() {
            each.run();
        }

        @Override
        public Policy policy(int copies) {
            throw new UnsupportedOperationException();
        }

        @Override
        public State save() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void restore(State state) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }

    private static Algorithm version(Runnable each) {
        try (InputStream code = Counting.class.getResourceAsStream("IterationTest$Counting.class")) {
            MethodHandles.Lookup hidden = MethodHandles.lookup().defineHiddenClass(code.readAllBytes(), true);
            return (Algorithm) hidden.findConstructor(hidden.lookupClass(),
                    MethodType.methodType(void.class, Runnable.class)).invoke(each);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    /// The other looks whether the first is gone, while the loop that called both is still running.
    @Test
    void compiledLoopsLetGoOfWhatHasBeenReplaced() {
        for (int swap = 0; swap < 3; swap++) {
            current = version(() -> iterations++);
            var old = new WeakReference<Class<?>>(current.getClass());
            loop(old);
        }
    }

    private void loop(WeakReference<Class<?>> old) {
        var found = new boolean[1];
        iterations = 0;
        while (iterations < 2 * ITERATIONS) {
            iteration.of(current);
            if (iterations == ITERATIONS) {
                current = version(() -> {
                    if (++iterations == 2 * ITERATIONS) {
                        System.gc();
                        found[0] = old.get() != null;
                    }
                });
            }
        }
        assertFalse(found[0], "the class of the one that was replaced is still there");
    }
}
