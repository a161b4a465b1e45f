package dev.limber.robot.session.controller;

import dev.limber.api.environment.Observations;
import dev.limber.api.experiment.RunPolicy;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.policy.PolicyManifest;
import dev.limber.api.policy.PolicyManifest.Action;
import dev.limber.api.policy.PolicyManifest.ModelJoint;
import dev.limber.api.policy.PolicyManifest.Observed;
import dev.limber.api.robot.JointStates;
import dev.limber.api.robot.Robot.CommandMode;
import dev.limber.api.robot.RobotSpec;
import dev.limber.api.session.Controller;
import dev.limber.api.space.Box;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.osgi.framework.FrameworkUtil;

/// Drives by a policy, with the joints that its manifest names. Between two moments at which the policy acts, the last command is wanted still.
public final class PolicyController implements Controller {

    /// How much earlier than its time it may act, as a part of the period: cycles are never quite on time.
    private static final double EARLY = 0.1;

    private final RunPolicy policy;
    private final PolicyManifest manifest;
    private final long period;
    private final boolean positions;
    private final int[] observed;
    private final int[] moved;
    private final ModelJoint[] observedJoints;
    private final ModelJoint[] movedJoints;
    private final float[] values;
    private final float[] actions;
    private final float[] low;
    private final float[] high;
    private final Observations observations;
    private final boolean[] starts = {true};
    private final double[] commands;
    private long next;

    private PolicyController(RunPolicy policy, PolicyManifest manifest, RobotSpec robot) {
        this.policy = policy;
        this.manifest = manifest;
        period = Math.round(1e9 / manifest.rate());
        positions = manifest.mode() == CommandMode.POSITION;
        List<String> names = robot.joints().stream().map(RobotSpec.Joint::name).toList();
        observed = manifest.observations().stream().mapToInt(each -> names.indexOf(each.joint())).toArray();
        moved = manifest.actions().stream().mapToInt(each -> names.indexOf(each.joint())).toArray();
        observedJoints = manifest.observations().stream().map(each -> joint(each.joint())).toArray(ModelJoint[]::new);
        movedJoints = manifest.actions().stream().map(each -> joint(each.joint())).toArray(ModelJoint[]::new);
        values = new float[observed.length];
        actions = new float[moved.length];
        commands = new double[moved.length];
        observations = Observations.of(values);
        if (policy.environment().action() instanceof Box box) {
            low = box.low();
            high = box.high();
        } else {
            low = new float[] {Float.NEGATIVE_INFINITY};
            high = new float[] {Float.POSITIVE_INFINITY};
        }
    }

    /// Makes one.
    ///
    /// @throws UsageException where the manifest does not fit the policy or the robot
    public static PolicyController of(RunPolicy policy, PolicyManifest manifest, RobotSpec robot) {
        manifest.check(robot);
        int sees = policy.environment().observation().size();
        int returns = policy.environment().action().size();
        if (sees != manifest.observations().size() || returns != manifest.actions().size()) {
            throw new UsageException("the manifest of " + manifest.task() + " has " + manifest.observations().size()
                    + " observations and " + manifest.actions().size() + " actions, but the policy of run "
                    + policy.run()
                    + " sees " + sees + " numbers and returns " + returns);
        }
        return new PolicyController(policy, manifest, robot);
    }

    private ModelJoint joint(String name) {
        return manifest.joints().stream().filter(joint -> joint.name().equals(name)).findFirst().orElseThrow();
    }

    @Override
    public void reset(JointStates measured) {
        starts[0] = true;
        next = measured.nanoTime()[0];
    }

    @Override
    public void control(JointStates measured, double[] wanted) {
        long now = measured.nanoTime()[0];
        if (now - next >= -EARLY * period) {
            act(measured);
            next = now - next > period ? now + period : next + period;
        }
        for (int i = 0; i < moved.length; i++) {
            wanted[moved[i]] = commands[i];
        }
    }

    private void act(JointStates measured) {
        for (int i = 0; i < observed.length; i++) {
            Observed each = manifest.observations().get(i);
            ModelJoint joint = observedJoints[i];
            double value = switch (each.quantity()) {
                case POSITION -> measured.positions()[observed[i]] - joint.offset();
                case VELOCITY -> measured.velocities()[observed[i]];
                case EFFORT -> measured.efforts()[observed[i]];
            };
            values[i] = (float) (each.scale() * joint.sign() * value);
        }
        policy.policy().act(observations, starts, actions);
        starts[0] = false;
        for (int i = 0; i < moved.length; i++) {
            Action each = manifest.actions().get(i);
            double number = Math.min(Math.max(actions[i], low[i]), high[i]); // NaN stays what it is.
            commands[i] = movedJoints[i].sign() * (each.offset() + each.scale() * number)
                    + (positions ? movedJoints[i].offset() : 0);
        }
    }

    @Override
    public List<Object> parts() {
        return policy.parts();
    }

    @Override
    public Map<String, String> notes() {
        var notes = new LinkedHashMap<String, String>();
        notes.put("run", policy.run().toAbsolutePath().normalize().toString());
        notes.put("step", Long.toString(policy.step()));
        notes.put("environment", policy.environment().name());
        notes.put("bundles", policy.parts().stream().map(part -> FrameworkUtil.getBundle(part.getClass()))
                .filter(Objects::nonNull).map(bundle -> bundle.getSymbolicName() + " " + bundle.getVersion())
                .distinct().sorted().collect(Collectors.joining(", ")));
        return notes;
    }

    @Override
    public void close() {
        policy.close();
    }
}
