package dev.limber.experiment.shard;

import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.plugin.Options;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// Some of the copies of a batch. Everything it does is done on its thread, or on the caller's where it has none.
final class Shard {

    final int first;
    final int copies;

    private final Optional<ShardThread> thread;
    private final ShardedEnvironment whole;
    private final Runnable step = this::step;
    private Environment environment;
    private float[] actions;

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

    void startStep() {
        if (thread.isPresent()) {
            thread.get().start(step);
        } else {
            step();
        }
    }

    void awaitStep() {
        if (thread.isPresent()) {
            thread.get().await();
        }
    }

    private void step() {
        System.arraycopy(whole.actions(), first * (actions.length / copies), actions, 0, actions.length);
        environment.step(actions);
        whole.gather(this, environment);
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
        if (thread.isPresent()) {
            thread.get().start(task);
            thread.get().await();
        } else {
            task.run();
        }
    }
}
