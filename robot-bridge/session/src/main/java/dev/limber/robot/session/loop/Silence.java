package dev.limber.robot.session.loop;

import dev.limber.api.robot.JointStates;
import dev.limber.robot.session.controller.Mind;

/// Nobody drives.
final class Silence implements Mind {

    static final Silence INSTANCE = new Silence();

    private Silence() {}

    @Override
    public String name() {
        return "";
    }

    @Override
    public boolean thinking() {
        return false;
    }

    @Override
    public void ask(JointStates measured, double[] sent) {}

    @Override
    public boolean answeredOnce() {
        return false;
    }

    @Override
    public void answer(double[] wanted) {}

    @Override
    public String failure() {
        return "";
    }

    @Override
    public void close() {}
}
