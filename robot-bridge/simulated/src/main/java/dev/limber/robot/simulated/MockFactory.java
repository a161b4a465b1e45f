package dev.limber.robot.simulated;

import dev.limber.api.plugin.Options;
import dev.limber.api.plugin.Plugin;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.robot.Robot;
import dev.limber.api.robot.RobotFactory;
import dev.limber.api.robot.RobotSpec.Joint;
import java.util.Arrays;
import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/// Joints that do what they are told; the address is what the robot is called.
@Component(service = RobotFactory.class)
@Plugin(name = "mock", description = "joints that do at once what they are told; address: any name")
@Designate(ocd = MockSettings.class)
public final class MockFactory implements RobotFactory {

    private static final double CYCLE_SECONDS = 0.001;

    @Override
    public Robot create(String address, Options options) {
        MockSettings settings = options.as(MockSettings.class);
        List<String> measured = names(settings.measured());
        List<String> names = names(settings.joints());
        if (names.isEmpty() || !names.containsAll(measured)) {
            throw new UsageException("option 'measured' names " + measured + ", the joints are " + names);
        }
        List<Joint> joints;
        try {
            joints = names.stream().map(name -> new Joint(name, settings.low(), settings.high(), settings.velocity(),
                    Double.POSITIVE_INFINITY, settings.effort(), !measured.contains(name))).toList();
        } catch (IllegalArgumentException impossible) {
            throw new UsageException("mock: " + impossible.getMessage());
        }
        return new SimulatedRobot(address.isBlank() ? "mock" : address, joints, CYCLE_SECONDS,
                () -> new IdealJoints(joints), Imperfections.NONE, false, System::nanoTime);
    }

    private static List<String> names(String text) {
        return text.isBlank() ? List.of() : Arrays.stream(text.split(",")).map(String::strip).toList();
    }
}
