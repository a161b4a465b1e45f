package dev.limber.robot.testing;

import dev.limber.api.physics.PhysicsEngine;
import dev.limber.api.plugin.Options;
import dev.limber.api.plugin.Plugin;
import dev.limber.api.robot.EmulatorFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/// Emulated robots of Feetech servos on a pseudo-terminal.
@Component(service = EmulatorFactory.class)
@Plugin(name = "feetech", description = "Feetech servos on a pseudo-terminal, with rigid bodies behind them")
@Designate(ocd = EmulatorSettings.class)
public final class FeetechEmulator implements EmulatorFactory {

    private final PhysicsEngine engine;

    /// @param engine moves what the servos are mounted on
    @Activate
    public FeetechEmulator(@Reference(name = "engine", target = "(limber.name=jbullet)") PhysicsEngine engine) {
        this.engine = engine;
    }

    @Override
    public List<String> robots() {
        return ServoEmulation.robots();
    }

    @Override
    public Emulation start(String robot, Options options, Optional<Path> log) {
        return ServoEmulation.start(robot, options, log, engine, EmulatedRobot::feetech);
    }
}
