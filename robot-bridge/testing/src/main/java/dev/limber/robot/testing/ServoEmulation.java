package dev.limber.robot.testing;

import dev.limber.api.physics.PhysicsEngine;
import dev.limber.api.plugin.Options;
import dev.limber.api.robot.EmulatorFactory.Emulation;
import dev.limber.robot.testing.EmulatedRobot.Setup;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/// An emulated robot with its log, and the options that drive it.
record ServoEmulation(EmulatedRobot robot, Optional<WireLogFile> log, Options options) implements Emulation {

    static Emulation start(String name, Options options, Optional<Path> file,
            PhysicsEngine engine, BiFunction<Setup, PhysicsEngine, EmulatedRobot> start) {
        EmulatorSettings settings = options.as(EmulatorSettings.class);
        Rig rig = Rig.named(name);
        Setup setup = Setup.of(rig).with(Faults.parse(settings.faults())).atBaud(settings.baud());
        Optional<WireLogFile> log = file.map(WireLogFile::new);
        return new ServoEmulation(start.apply(log.map(setup::with).orElse(setup), engine), log, driving(rig));
    }

    /// The robots, with what they are.
    static List<String> robots() {
        return Rig.all().stream().map(rig -> rig.name() + " " + rig.description()).toList();
    }

    private static Options driving(Rig rig) {
        String ids = rig.mounts().stream().map(mount -> Integer.toString(mount.id())).collect(Collectors.joining(","));
        String joints = rig.mounts().stream().map(Rig.Mount::joint).collect(Collectors.joining(","));
        String metres = rig.mounts().stream().map(mount -> mount.metersPerRadian() == 1 ? "0"
                : Double.toString(mount.metersPerRadian())).collect(Collectors.joining(","));
        String measured = rig.mounts().stream().filter(mount -> !mount.driven()).map(Rig.Mount::joint)
                .collect(Collectors.joining(","));
        Options options = Options.defaults().with("ids", ids).with("joints", joints);
        options = metres.matches("[0,]+") ? options : options.with("metres", metres);
        return measured.isEmpty() ? options : options.with("measured", measured);
    }

    @Override
    public String address() {
        return robot.path().toString();
    }

    @Override
    public void close() {
        robot.close();
        log.ifPresent(WireLogFile::close);
    }
}
