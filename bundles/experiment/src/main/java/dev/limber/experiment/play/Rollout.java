package dev.limber.experiment.play;

import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.environment.Normalizer;
import dev.limber.api.experiment.RolloutSpec;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.policy.Policy;
import dev.limber.api.random.SeededRandom;
import dev.limber.api.space.Box;
import dev.limber.api.space.Discrete;
import dev.limber.experiment.plan.PlannedEnvironment;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Steps one copy of an environment and writes every step to a CSV file. A row holds the action, and the observation and
/// the reward that came of it; where the step ended an episode, it is the episode's final observation. Steps count from 0,
/// and the flags are 0 or 1.
public final class Rollout {

    private static final long RANDOM_STREAM = 1;

    private final RunReader runs;

    /// A rollout of environments and policies that `runs` finds.
    public Rollout(RunReader runs) {
        this.runs = runs;
    }

    /// Chooses the action of each step.
    private interface Actor {
        void act(boolean start, float[] action);
    }

    /// Rolls out.
    ///
    /// @return steps taken
    public long roll(RolloutSpec spec) throws IOException {
        if (spec.policy().isPresent() && spec.actions().isPresent()) {
            throw new UsageException("actions come from a run or from a file, not from both");
        }
        if (spec.steps() < 0) {
            throw new UsageException("steps must be at least 0, not " + spec.steps());
        }
        PlannedEnvironment planned = runs.environment(spec.environment(), spec.settings());
        List<float[]> actions = spec.actions().isPresent()
                ? ActionFile.read(spec.actions().get(), planned.spec())
                : List.of();
        if (spec.actions().isPresent() && spec.steps() > actions.size()) {
            throw new UsageException(spec.actions().get() + " has " + actions.size() + " actions, " + spec.steps()
                    + " steps need as many");
        }
        Optional<TrainedPolicy> trained = Optional.empty();
        if (spec.policy().isPresent()) {
            trained = Optional.of(runs.read(spec.policy().get(), "latest"));
            trained.get().requireFit(planned.spec());
        }
        if (spec.out().toAbsolutePath().getParent() == null || Files.isDirectory(spec.out())) {
            throw new UsageException(spec.out() + " is a directory, not a file to write");
        }
        try (Environment environment = planned.create(1);
                Policy policy = trained.map(each -> each.policy(planned, 1, spec.seed()))
                        .orElse((observations, starts, act) -> {})) {
            environment.reset(new long[] {spec.seed()});
            setState(environment, spec);
            Actor actor;
            if (trained.isPresent()) {
                actor = policyActor(environment, policy, trained.get().normalizer());
            } else if (spec.actions().isPresent()) {
                actor = fileActor(actions);
            } else {
                actor = randomActor(planned.spec(), spec.seed());
            }
            long steps = spec.actions().isPresent() && spec.steps() == 0 ? actions.size() : spec.steps();
            boolean oneEpisode = spec.actions().isEmpty() && spec.steps() == 0;
            return write(environment, actor, steps, oneEpisode, spec.out());
        }
    }

    private static void setState(Environment environment, RolloutSpec spec) {
        if (spec.state().isEmpty()) {
            return;
        }
        List<String> names = environment.spec().stateNames();
        if (names.isEmpty()) {
            throw new UsageException("the state of " + spec.environment() + " cannot be set");
        }
        if (names.size() != spec.state().size()) {
            throw new UsageException("the state of " + spec.environment() + " has " + names.size() + " numbers ("
                    + String.join(", ", names) + "), not " + spec.state().size());
        }
        try {
            environment.setState(0, spec.state().stream().mapToDouble(Double::doubleValue).toArray());
        } catch (IllegalArgumentException e) {
            throw new UsageException("the state of " + spec.environment() + " cannot be set: " + e.getMessage());
        }
    }

    private static Actor policyActor(Environment environment, Policy policy, Optional<Normalizer> normalizer) {
        var view = new PolicyView(environment, normalizer);
        var starts = new boolean[1];
        return (start, action) -> {
            starts[0] = start;
            policy.act(view.observations(), starts, action);
        };
    }

    private static Actor fileActor(List<float[]> actions) {
        var rows = actions.iterator();
        return (start, action) -> System.arraycopy(rows.next(), 0, action, 0, action.length);
    }

    /// Uniform over choices and bounds; standard normal where there are no bounds.
    private static Actor randomActor(EnvironmentSpec spec, long seed) {
        var random = new SeededRandom(SeededRandom.childSeed(seed, RANDOM_STREAM));
        return switch (spec.action()) {
            case Discrete discrete -> (start, action) -> action[0] = random.nextInt(discrete.n());
            case Box box -> {
                float[] low = box.low();
                float[] high = box.high();
                yield (start, action) -> {
                    for (int i = 0; i < action.length; i++) {
                        boolean bounded = Float.isFinite(low[i]) && Float.isFinite(high[i]);
                        action[i] = bounded
                                ? low[i] + random.nextFloat() * (high[i] - low[i])
                                : (float) random.nextGaussian();
                    }
                };
            }
        };
    }

    private static long write(Environment environment, Actor actor, long steps, boolean oneEpisode, Path out)
            throws IOException {
        Path target = out.toAbsolutePath();
        Files.createDirectories(target.getParent());
        Path temporary = target.resolveSibling(target.getFileName() + ".tmp");
        EnvironmentSpec spec = environment.spec();
        var action = new float[spec.action().size()];
        long step = 0;
        try {
            try (BufferedWriter writer = Files.newBufferedWriter(temporary)) {
                int observation = environment.observations().values().length;
                writer.write(header(spec, observation) + "\n");
                var line = new StringBuilder();
                boolean start = true;
                while (oneEpisode ? step == 0 || !start : step < steps) {
                    actor.act(start, action);
                    environment.step(action);
                    boolean terminated = environment.terminated()[0];
                    boolean truncated = environment.truncated()[0];
                    start = terminated || truncated;
                    line.setLength(0);
                    line.append(step++);
                    for (float value : action) {
                        line.append(',');
                        if (spec.action() instanceof Discrete) {
                            line.append((int) value);
                        } else {
                            line.append(value);
                        }
                    }
                    float[] values = (start ? environment.finalObservations() : environment.observations()).values();
                    for (int i = 0; i < observation; i++) {
                        line.append(',').append(values[i]);
                    }
                    line.append(',').append(environment.rewards()[0]).append(terminated ? ",1" : ",0")
                            .append(truncated ? ",1\n" : ",0\n");
                    writer.append(line);
                }
            }
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
        return step;
    }

    private static String header(EnvironmentSpec spec, int observation) {
        var columns = new ArrayList<String>(List.of("step"));
        columns.addAll(ActionFile.columns(spec.action()));
        for (int i = 0; i < observation; i++) {
            columns.add("observation" + i);
        }
        columns.addAll(List.of("reward", "terminated", "truncated"));
        return String.join(",", columns);
    }
}
