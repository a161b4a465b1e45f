package dev.limber.experiment.loop;

import dev.limber.api.state.State;
import java.util.Optional;
import java.util.function.Consumer;

/// Takes the state of a whole experiment, what the loop itself has to remember included, and goes on from it.
final class Snapshots {

    private static final String SCHEMA = "dev.limber.experiment.runner";

    private final Current current;
    private final Clock clock;
    private final Appraisal appraisal;

    Snapshots(Current current, Clock clock, Appraisal appraisal) {
        this.current = current;
        this.clock = clock;
        this.appraisal = appraisal;
    }

    /// The state of everything.
    ///
    /// @param environment from [TrainingParts#saveEnvironment]
    State take(Optional<State> environment) {
        return current.parts().save(environment, runner());
    }

    /// The state of everything, good until the algorithm that runs now iterates or is restored.
    ///
    /// @param environment from [TrainingParts#saveEnvironment]
    State lend(Optional<State> environment) {
        return current.parts().lend(environment, runner());
    }

    private State runner() {
        return new State(SCHEMA, 1).put("seconds", clock.seconds()).put("bestScore", appraisal.bestScore());
    }

    /// Goes on from a state that another process took.
    ///
    /// @param notes hears what could not be taken over
    void restore(State state, Consumer<String> notes) {
        State runner = current.parts().restore(state, notes).expect(SCHEMA, 1);
        clock.earlier(runner.number("seconds"));
        appraisal.restore(runner.number("bestScore"));
    }
}
