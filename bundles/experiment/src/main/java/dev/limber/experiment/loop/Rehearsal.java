package dev.limber.experiment.loop;

import dev.limber.api.environment.EnvironmentSpec.Snapshot;
import dev.limber.api.state.State;
import dev.limber.experiment.plan.Plan;
import dev.limber.experiment.plan.SpaceFit;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A trial of new plug-ins on a copy of an experiment, on a thread of its own, while the experiment goes on.
///
/// What does not fit, throws, makes a NaN or never ends shows itself here, where it does no harm. And what the JVM does to
/// code that runs for the first time, linking, interpreting and compiling it, is done here and not while the experiment
/// stands still.
final class Rehearsal {

    private static final long WARM_NANOS = 200_000_000;
    private static final long LONGEST_COMPILATION_NANOS = 100_000_000;
    private static final long COMPILATION_LOOK_MILLIS = 10;

    private final Duration patience;
    private final Plan basis;
    private final Plan plan;
    private final State snapshot;

    /// @param patience how long it may take
    /// @param basis the plan that runs
    /// @param plan the plan to try
    /// @param snapshot the state of the experiment
    Rehearsal(Duration patience, Plan basis, Plan plan, State snapshot) {
        this.patience = patience;
        this.basis = basis;
        this.plan = plan;
        this.snapshot = snapshot;
    }

    /// True where there may be a second environment: one that cannot be saved may be a machine, of which there is one.
    boolean possible() {
        return plan.environment().spec().snapshot() != Snapshot.NONE && snapshot.has("environment");
    }

    /// Tries.
    ///
    /// @return what went wrong, in one line
    Optional<String> refusal() throws InterruptedException {
        var played = new CompletableFuture<Void>();
        Thread stage = Thread.ofPlatform().daemon(true).name("limber-rehearsal").start(() -> {
            try {
                play();
                played.complete(null);
            } catch (Throwable thrown) { // plug-ins may throw anything
                played.completeExceptionally(thrown);
            }
        });
        try {
            played.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            awaitCompilers();
            return Optional.empty();
        } catch (ExecutionException e) {
            return Optional.of(FailureLine.of(e.getCause()));
        } catch (TimeoutException e) {
            stage.interrupt();
            return Optional.of("its first iteration has not ended within " + patience.toMillis() / 1000.0
                    + " s; its thread and classes stay until this process ends");
        }
    }

    /// Waits until the JVM has compiled what is to take over, or for a while: its compilers would take the processors from
    /// the experiment while that stands still.
    private static void awaitCompilers() throws InterruptedException {
        CompilationMXBean compilers = ManagementFactory.getCompilationMXBean();
        if (compilers == null || !compilers.isCompilationTimeMonitoringSupported()) { // all is interpreted, or nobody knows
            return;
        }
        long end = System.nanoTime() + LONGEST_COMPILATION_NANOS;
        long before = -1;
        for (long now = compilers.getTotalCompilationTime(); now != before
                && System.nanoTime() < end; now = compilers.getTotalCompilationTime()) {
            before = now;
            Thread.sleep(COMPILATION_LOOK_MILLIS);
        }
    }

    private void play() {
        long began = System.nanoTime();
        SpaceFit.require(basis.environment().spec(), plan.environment().spec());
        try (var before = new TrainingParts(plan, quiet -> {})) {
            before.requireShape();
            before.restore(snapshot, quiet -> {});
            before.metrics().rememberNumbers();
            do { // building too, which the experiment will stand still for
                var parts = new TrainingParts(plan, before, snapshot, quiet -> {});
                try {
                    for (int i = 0; i < Probation.ITERATIONS; i++) {
                        parts.algorithm().iterate();
                        parts.metrics().requireNumbers();
                    }
                    parts.algorithm().save(); // the next checkpoint must not be what fails
                    NotANumber.require(parts.algorithm().lend(), snapshot.state("algorithm"));
                } finally {
                    parts.closeBeside(before);
                }
            } while (System.nanoTime() - began < WARM_NANOS);
        }
    }
}
