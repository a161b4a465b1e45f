package dev.limber.study;

import dev.limber.api.algorithm.Device;
import dev.limber.api.experiment.Evaluation;
import dev.limber.api.experiment.EvaluationSpec;
import dev.limber.api.experiment.Experiment;
import dev.limber.api.experiment.ExperimentFailedException;
import dev.limber.api.experiment.ExperimentListener;
import dev.limber.api.experiment.ExperimentSpec;
import dev.limber.api.experiment.Experiments;
import dev.limber.api.experiment.RolloutSpec;
import dev.limber.study.runs.RunFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Experiments that write run directories as the runner does, and whose return rises with the steps: fastest at
/// lr = 0.1, a little differently for each seed, up to 100. With lr = 666 they fail.
public final class PretendedExperiments implements Experiments {

    private static final long CHUNK = 1000;

    /// Directories of the runs that were started and resumed, in order.
    final List<String> started = Collections.synchronizedList(new ArrayList<>());
    final List<String> resumed = Collections.synchronizedList(new ArrayList<>());
    final List<String> evaluated = Collections.synchronizedList(new ArrayList<>());

    /// Hears of every chunk of steps.
    volatile Consumer<ExperimentSpec> atEveryChunk = spec -> {};

    @Override
    public Experiment start(ExperimentSpec spec, ExperimentListener listener) {
        Path run = spec.run().orElseThrow();
        started.add(run.getFileName().toString());
        try {
            Files.createDirectories(run);
            describe(spec, spec.steps().orElseThrow());
            Files.writeString(run.resolve("metrics.csv"), "step,seconds,episode/return,episode/count\n");
            journal(run, 0, "started", "");
            journal(run, 0, "checkpoint", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Pretended(spec, 0, spec.steps().orElseThrow(), listener);
    }

    @Override
    public Experiment resume(Path run, long steps, ExperimentListener listener) {
        resumed.add(run.getFileName().toString());
        RunFolder before = RunFolder.read(run);
        Map<String, String> settings = new TreeMap<>(Map.of("lr", before.options().get("algorithm.lr")));
        var spec = new ExperimentSpec(before.environment(), before.algorithm(), settings, before.seed(),
                OptionalLong.of(steps), OptionalInt.empty(), Device.CPU, Optional.of(run));
        try {
            describe(spec, steps);
            journal(run, before.checkpointStep(), "resumed", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Pretended(spec, before.checkpointStep(), steps, listener);
    }

    @Override
    public Evaluation evaluate(EvaluationSpec spec, ExperimentListener listener) {
        evaluated.add(spec.run().getFileName().toString());
        RunFolder run = RunFolder.read(spec.run());
        double value = height(Double.parseDouble(run.options().get("algorithm.lr")), run.seed(), run.checkpointStep());
        return new Evaluation(spec.episodes(), value, 0, value, value, 10, run.checkpointStep(),
                run.environment());
    }

    @Override
    public long rollout(RolloutSpec spec, ExperimentListener listener) {
        throw new UnsupportedOperationException();
    }

    static double height(double lr, long seed, long step) {
        return Math.min(100, step * 0.02 / (1 + Math.abs(Math.log10(lr) + 1)) + seed);
    }

    private static void describe(ExperimentSpec spec, long steps) throws IOException {
        String lr = spec.settings().getOrDefault("lr", "0.01");
        String part = """
                {"name": "%s", "bundle": "test", "version": "1", "options": {%s}%s}""";
        Files.writeString(spec.run().orElseThrow().resolve("run.json"), """
                {"format": 1, "environment": %s, "algorithm": %s, "runner": {"options": {}}, "seed": %d, "steps": %d,
                 "copies": 4, "threads": 1, "device": "cpu", "rewardThreshold": 80}
                """.formatted(part.formatted(spec.environment(), "", ", \"reward\": {}"),
                part.formatted(spec.algorithm(), "\"lr\": {\"value\": " + lr + ", \"source\": \"user\"}", ""),
                spec.seed(), steps));
    }

    private static void journal(Path run, long step, String event, String more) throws IOException {
        Files.writeString(run.resolve("journal.jsonl"),
                "{\"step\": " + step + ", \"event\": \"" + event + "\"" + more + "}\n", StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /// Steps while somebody waits for it.
    private final class Pretended implements Experiment {

        private final ExperimentSpec spec;
        private final long total;
        private final ExperimentListener listener;
        private volatile long step;
        private volatile boolean stopWanted;

        Pretended(ExperimentSpec spec, long step, long total, ExperimentListener listener) {
            this.spec = spec;
            this.step = step;
            this.total = total;
            this.listener = listener;
        }

        @Override
        public ExperimentSpec spec() {
            return spec;
        }

        @Override
        public Path run() {
            return spec.run().orElseThrow();
        }

        @Override
        public Status status() {
            return new Status(Phase.RUNNING, step, total, step / 10, 0, step * 1e-4, 1e4);
        }

        @Override
        public void pause() {}

        @Override
        public void proceed() {}

        @Override
        public void checkpoint() {}

        @Override
        public void stop() {
            stopWanted = true;
        }

        @Override
        public Result await() {
            double lr = Double.parseDouble(spec.settings().getOrDefault("lr", "0.01"));
            try {
                while (step < total && !stopWanted) {
                    if (lr == 666) {
                        journal(run(), step, "failed", ", \"message\": \"the loss is NaN\"");
                        throw new ExperimentFailedException("the loss is NaN", new ArithmeticException());
                    }
                    double before = height(lr, spec.seed(), step);
                    step = Math.min(total, step + CHUNK);
                    double now = height(lr, spec.seed(), step);
                    Files.writeString(run().resolve("metrics.csv"),
                            step + "," + step * 1e-4 + "," + now + "," + step / 10 + "\n", StandardOpenOption.APPEND);
                    if (before < 80 && now >= 80) {
                        journal(run(), step, "threshold", ", \"stepsToThreshold\": " + step);
                    }
                    listener.progress(status());
                    atEveryChunk.accept(spec);
                }
                journal(run(), step, "checkpoint", "");
                journal(run(), step, step >= total ? "finished" : "stopped", ", \"seconds\": " + step * 1e-4);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new Result(run(), step >= total, step, step / 10, 0, OptionalDouble.of(80), -1, step * 1e-4);
        }
    }
}
