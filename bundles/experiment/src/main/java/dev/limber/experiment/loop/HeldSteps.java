package dev.limber.experiment.loop;

import dev.limber.api.experiment.Experiment.Phase;
import dev.limber.experiment.watch.StepGate;

/// Shows a pause between two steps of one iteration as what it is, and keeps its time out of the running time.
record HeldSteps(Clock clock, StatusBoard board, Current current) implements StepGate.Keeper {

    @Override
    public void held() {
        clock.stop();
        board.publish(Phase.PAUSED);
    }

    @Override
    public void waiting() {
        current.glance();
    }

    @Override
    public void freed() {
        clock.start();
        board.publish(Phase.RUNNING);
    }
}
