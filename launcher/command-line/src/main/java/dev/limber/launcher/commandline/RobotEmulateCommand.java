package dev.limber.launcher.commandline;

import dev.limber.api.plugin.Options;
import dev.limber.api.plugin.Plugin;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.robot.EmulatorFactory;
import dev.limber.api.robot.EmulatorFactory.Emulation;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `limber robot emulate ROBOT`
@Command(name = "emulate", description = "Emulates a robot behind a serial device, until Ctrl-C.%n", footer = {"",
    "Robots: cart-pole, arm, quadruped.", "",
    "Example: limber robot emulate cart-pole --log /tmp/bytes --faults drop=0.01,flip=0.01"})
final class RobotEmulateCommand implements Callable<Integer> {

    private final Laboratory laboratory;
    private final Terminal terminal;

    @Parameters(paramLabel = "ROBOT", description = "cart-pole, arm or quadruped")
    String robot;

    @Option(names = "--servos", paramLabel = "KIND", defaultValue = "dynamixel", description = "make of the servos: dynamixel or feetech (default: dynamixel)")
    String kind;

    @Option(names = "--log", paramLabel = "FILE", description = "write every byte with its time")
    Path log;

    @Option(names = "--faults", paramLabel = "FAULTS", defaultValue = "", description = "what the line does wrong: drop=0.01,flip=0.01,duplicate=0.1,delay=0.1,seconds=0.005")
    String faults;

    @Option(names = "--baud", paramLabel = "BAUD", defaultValue = "0", description = "speed at which bytes take their time on the line (default: 0, they take none)")
    int baud;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this help")
    boolean help;

    RobotEmulateCommand(Laboratory laboratory, Terminal terminal) {
        this.laboratory = laboratory;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        var end = new CountDownLatch(1);
        try (Emulation emulation = emulator().start(robot, Options.of(Map.of("faults", faults, "baud", baud)),
                Optional.ofNullable(log));
                var interrupts = Interrupts.stopping(end::countDown, note -> {})) {
            String options = emulation.options().values().entrySet().stream()
                    .map(option -> " --set " + option.getKey() + "=" + option.getValue()).collect(Collectors.joining());
            terminal.out().println(emulation.address());
            terminal.out().println("limber robot connect " + kind + ":" + emulation.address() + options);
            terminal.out().flush();
            end.await();
            return interrupts.received() == 0 ? 0 : 128 + interrupts.received();
        }
    }

    private EmulatorFactory emulator() {
        try {
            var all = new TreeMap<String, ServiceReference<EmulatorFactory>>();
            for (ServiceReference<EmulatorFactory> each : laboratory.context()
                    .getServiceReferences(EmulatorFactory.class, null)) {
                all.put(String.valueOf(each.getProperty(Plugin.NAME)), each);
            }
            if (!all.containsKey(kind)) {
                throw new UsageException("servos of '" + kind + "' cannot be emulated, only those of " + all.keySet());
            }
            return laboratory.context().getService(all.get(kind));
        } catch (InvalidSyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
