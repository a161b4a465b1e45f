package dev.limber.robot.session.controller;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.experiment.RunPolicy;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.policy.PolicyManifest;
import dev.limber.api.policy.PolicyManifest.Action;
import dev.limber.api.policy.PolicyManifest.ModelJoint;
import dev.limber.api.policy.PolicyManifest.Observed;
import dev.limber.api.policy.PolicyManifest.Quantity;
import dev.limber.api.robot.JointStates;
import dev.limber.api.robot.Robot.CommandMode;
import dev.limber.api.robot.RobotSpec;
import dev.limber.api.robot.RobotSpec.DriveWatchdog;
import dev.limber.api.robot.RobotSpec.Joint;
import dev.limber.api.space.Box;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyControllerTest {

    private static final RobotSpec ROBOT = new RobotSpec("cart",
            List.of(new Joint("pivot", -4, 4, 20, 100, 1, false), new Joint("slider", -2, 2, 3, 30, 12, true)),
            Set.of(CommandMode.EFFORT, CommandMode.POSITION), 0.002, new DriveWatchdog.None());

    private final List<float[]> seen = new ArrayList<>();
    private final List<Boolean> starts = new ArrayList<>();
    private float answer = 0.5f;

    private static PolicyManifest manifest(CommandMode mode, ModelJoint rail) {
        return new PolicyManifest("cart-pole", mode, 50, List.of(rail, ModelJoint.same("pivot")),
                List.of(new Observed(rail.name(), Quantity.POSITION, 1),
                        new Observed(rail.name(), Quantity.VELOCITY, 1),
                        new Observed("pivot", Quantity.POSITION, 2)),
                List.of(new Action(rail.name(), 10, 1)));
    }

    private RunPolicy policy() {
        return new RunPolicy(Path.of("runs/it"), 100, (observations, begins, actions) -> {
            seen.add(observations.values().clone());
            starts.add(begins[0]);
            actions[0] = answer;
        }, EnvironmentSpec.of("it", Box.unbounded("a", "b", "c"), Box.symmetric(new float[] {1}, "force")).build(),
                Optional.empty(), List.of());
    }

    private static JointStates measured(long nanoTime) {
        JointStates measured = JointStates.ofJoints(2);
        measured.positions()[0] = 0.25;
        measured.positions()[1] = 0.5;
        measured.velocities()[1] = -2;
        measured.nanoTime()[0] = nanoTime;
        return measured;
    }

    @Test
    void recordingsAreToldTheRunAndItsStep() {
        Map<String, String> notes = PolicyController
                .of(policy(), manifest(CommandMode.EFFORT, ModelJoint.same("slider")), ROBOT).notes();
        assertEquals(Path.of("runs/it").toAbsolutePath().toString(), notes.get("run"));
        assertEquals("100", notes.get("step"));
        assertEquals("it", notes.get("environment"));
    }

    @Test
    void numbersCrossWithOrderSignOffsetAndScale() {
        var rail = new ModelJoint("slider", -1, 0.3);
        PolicyController effort = PolicyController.of(policy(), manifest(CommandMode.EFFORT, rail), ROBOT);
        double[] wanted = {7, 7};
        effort.reset(measured(0));
        effort.control(measured(0), wanted);
        assertArrayEquals(new float[] {-0.2f, 2, 0.5f}, seen.getFirst(), 1e-6f);
        assertArrayEquals(new double[] {7, -6}, wanted, 1e-9);
        PolicyController position = PolicyController.of(policy(), manifest(CommandMode.POSITION, rail), ROBOT);
        position.reset(measured(0));
        position.control(measured(0), wanted);
        assertEquals(-6 + 0.3, wanted[1], 1e-9);
    }

    @Test
    void itActsAtItsOwnRateAndStartsAnewWhenItIsReset() {
        PolicyController controller = PolicyController.of(policy(),
                manifest(CommandMode.EFFORT, ModelJoint.same("slider")),
                ROBOT);
        var wanted = new double[2];
        controller.reset(measured(0));
        for (int cycle = 0; cycle < 500; cycle++) { // 1 s at 500 Hz, never quite on time
            controller.control(measured(cycle * 2_000_000L + cycle % 7 * 50_000), wanted);
            assertEquals(6, wanted[1], 1e-9);
        }
        assertEquals(50, seen.size(), 1);
        assertEquals(1, starts.stream().filter(start -> start).count());
        controller.reset(measured(2_000_000_000));
        controller.control(measured(2_000_000_000), wanted);
        assertTrue(starts.getLast());
    }

    @ParameterizedTest
    @ValueSource(floats = {5, 1e30f, Float.POSITIVE_INFINITY})
    void actionsAreClippedAsTheEnvironmentClipsThem(float beyond) {
        answer = beyond;
        PolicyController controller = PolicyController.of(policy(),
                manifest(CommandMode.EFFORT, ModelJoint.same("slider")),
                ROBOT);
        var wanted = new double[2];
        controller.reset(measured(0));
        controller.control(measured(0), wanted);
        assertEquals(11, wanted[1]);
    }

    @Test
    void nanIsHandedOnForTheLimiterToCount() {
        answer = Float.NaN;
        PolicyController controller = PolicyController.of(policy(),
                manifest(CommandMode.EFFORT, ModelJoint.same("slider")),
                ROBOT);
        var wanted = new double[2];
        controller.reset(measured(0));
        controller.control(measured(0), wanted);
        assertTrue(Double.isNaN(wanted[1]));
    }

    @Test
    void whatDoesNotFitIsRefusedByName() {
        refused("needs joint 'rail', but robot 'cart' has pivot, slider",
                manifest(CommandMode.EFFORT, ModelJoint.same("rail")));
        refused("commands VELOCITY, but robot 'cart' takes", manifest(CommandMode.VELOCITY, ModelJoint.same("slider")));
        PolicyManifest fits = manifest(CommandMode.EFFORT, ModelJoint.same("slider"));
        refused("acts at 1000.0 Hz, but robot 'cart' needs 0.002 s", new PolicyManifest("it", CommandMode.EFFORT, 1000,
                fits.joints(), fits.observations(), fits.actions()));
        refused("moves joint 'pivot', which robot 'cart' only measures",
                new PolicyManifest("it", CommandMode.EFFORT, 50,
                        fits.joints(), fits.observations(), List.of(new Action("pivot", 1, 0))));
        refused("moves joint 'slider', of which the policy of it knows nothing", new PolicyManifest("it",
                CommandMode.EFFORT, 50, fits.joints(), fits.observations(), List.of()));
        refused("sees 3 numbers and returns 1", new PolicyManifest("it", CommandMode.EFFORT, 50, fits.joints(),
                fits.observations().subList(0, 2), fits.actions()));
        PolicyManifest mapped = manifest(CommandMode.EFFORT, ModelJoint.same("rail")).with("rail",
                ModelJoint.same("slider"));
        assertEquals(fits, mapped);
    }

    private void refused(String why, PolicyManifest manifest) {
        String message = assertThrows(UsageException.class, () -> PolicyController.of(policy(), manifest, ROBOT))
                .getMessage();
        assertTrue(message.contains(why), message);
    }
}
