package dev.limber.experiment.shard;

import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.plugin.Options;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// Some of the copies of a batch. Everything it does is done on its thread, or on the caller's where it has none.
final class Shard {

    static final Function<Shard, Runnable> STEP = shard -> shard.step;
    static final Function<Shard, Runnable> POSES = shard -> shard.poses;
    static final Function<Shard, Runnable> FINAL_POSES = shard -> shard.finalPoses;

    final int first;
    final int copies;

    private final Optional<ShardThread> thread;
    private final ShardedEnvironment whole;
    private final Runnable step = this::step;
    private final Runnable poses = this::poses;
    private final Runnable finalPoses = this::finalPoses;
    private Environment environment;
    private float[] actions;
    private double[] ownPoses = {};

    Shard(ShardedEnvironment whole, int first, int copies, Optional<ShardThread> thread) {
        this.whole = whole;
        this.first = first;
        this.copies = copies;
        this.thread = thread;
    }

    void create(EnvironmentFactory factory, Options options) {
        run(() -> {
            environment = factory.create(copies, options);
            actions = new float[copies * environment.spec().action().size()];
        });
    }

    boolean created() {
        return environment != null;
    }

    void start(Runnable task) {
        if (thread.isPresent()) {
            thread.get().start(task);
        } else {
            task.run();
        }
    }

    void await() {
        if (thread.isPresent()) {
            thread.get().await();
        }
    }

    private void step() {
        System.arraycopy(whole.actions(), first * (actions.length / copies), actions, 0, actions.length);
        environment.step(actions);
        whole.gather(this, environment);
    }

    private void poses() {
        int size = whole.poses().length / whole.copies();
        for (int i = 0; i < copies; i++) {
            environment.poses(i, whole.poses(), (first + i) * size);
        }
    }

    private void finalPoses() {
        int size = whole.poses().length / whole.copies();
        if (ownPoses.length != copies * size) {
            ownPoses = new double[copies * size];
        }
        environment.finalPoses(ownPoses);
        boolean[] terminated = environment.terminated();
        boolean[] truncated = environment.truncated();
        for (int i = 0; i < copies; i++) {
            if (terminated[i] || truncated[i]) {
                System.arraycopy(ownPoses, i * size, whole.poses(), (first + i) * size, size);
            }
        }
    }

    void call(Consumer<Environment> action) {
        run(() -> action.accept(environment));
    }

    <T> T ask(Function<Environment, T> question) {
        var answer = new Object() {
            T value;
        };
        run(() -> answer.value = question.apply(environment));
        return answer.value;
    }

    void end() {
        thread.ifPresent(ShardThread::end);
    }

    private void run(Runnable task) {
        start(task);
        await();
    }
}
