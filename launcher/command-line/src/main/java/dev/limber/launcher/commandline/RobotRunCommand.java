package dev.limber.launcher.commandline;

import dev.limber.api.experiment.RunPolicy;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.policy.PolicyManifest;
import dev.limber.api.policy.PolicyManifest.ModelJoint;
import dev.limber.api.session.RobotSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `limber robot run RUN --robot KIND:ADDRESS`
@Command(name = "run", description = "Lets a run's greedy policy drive a robot.%n", footer = {"",
    "Ctrl-C brings the robot to rest within its limits; Ctrl-C once more is an emergency stop.",
    "This is no safety-rated stop: keep a switch at hand that cuts the power.", "",
    "Example: limber robot run runs/cartpole-1 --robot dynamixel:/dev/ttyUSB0 --dry-run"})
final class RobotRunCommand implements Callable<Integer> {

    private final Laboratory laboratory;
    private final Terminal terminal;

    @Parameters(paramLabel = "RUN", description = "folder of the run")
    Path run;

    @Option(names = "--robot", paramLabel = "KIND:ADDRESS", required = true, description = "the robot")
    String robot;

    @Option(names = "--checkpoint", paramLabel = "WHICH", defaultValue = "latest", description = "latest, best or a step (default: latest)")
    String checkpoint;

    @Option(names = "--joint", paramLabel = "MODEL=ROBOT[,SIGN[,OFFSET]]", description = "which of the robot's joints is one of the model's, 1 or -1 for its direction, and where its zero is: rail=motor1,-1,0.3")
    List<String> joints = new ArrayList<>();

    @Option(names = "--pose", paramLabel = "JOINT=POSITION,...", description = "how the robot stands, to be checked first (default: you vouch for what it measures)")
    String pose;

    @Option(names = "--tolerance", paramLabel = "X", defaultValue = "0.05", description = "how far measurements of the pose may be off [rad or m] (default: 0.05)")
    String tolerance;

    @Option(names = "--seconds", paramLabel = "S", description = "how long (default: until Ctrl-C)")
    String seconds;

    @Mixin
    SessionOptions options;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this help")
    boolean help;

    RobotRunCommand(Laboratory laboratory, Terminal terminal) {
        this.laboratory = laboratory;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        double time = SessionOptions.seconds(seconds);
        double within = SessionOptions.number("--tolerance", tolerance);
        Map<String, Double> stands = pose == null ? Map.of() : SessionOptions.pose("--pose", pose);
        RobotName name = RobotName.of(robot, laboratory);
        RunPolicy policy = laboratory.experiments().policy(run, checkpoint, new Notes(terminal));
        try (policy) {
            PolicyManifest manifest = manifest(policy);
            var view = new SessionView(terminal);
            try (RobotSession session = options.connect(laboratory, name, manifest.mode(), manifest.rate(), view)) {
                String who = run.getFileName() + " at step " + Numbers.grouped(policy.step());
                return new SessionRide(session, view).drive(() -> {
                    session.require(manifest);
                    session.calibrate(stands, within);
                }, () -> laboratory.sessions().controller(policy, manifest, session.robot()),
                        controller -> session.run(who, controller, manifest), time);
            }
        }
    }

    private static int sign(String typed) {
        return switch (typed.strip()) {
            case "1", "+1" -> 1;
            case "-1" -> -1;
            default -> throw new UsageException("--joint takes 1 or -1 as the direction, as rail=motor1,-1,0.3, not '"
                    + typed.strip() + "'");
        };
    }

    private PolicyManifest manifest(RunPolicy policy) {
        PolicyManifest manifest = policy.manifest()
                .orElseThrow(() -> new UsageException("run " + run + " was trained in "
                        + policy.environment().name() + ", which does not say what its numbers mean on a robot"));
        for (String joint : joints) {
            String[] assigned = SessionOptions.assignment("--joint", "rail=motor1,-1,0.3", joint);
            String[] parts = assigned[1].split(",", -1);
            if (parts.length > 3) {
                throw new UsageException(
                        "--joint takes MODEL=ROBOT[,SIGN[,OFFSET]], as rail=motor1,-1,0.3, not '" + joint
                                + "'");
            }
            manifest = manifest.with(assigned[0],
                    new ModelJoint(parts[0], parts.length < 2 ? 1 : sign(parts[1]),
                            parts.length < 3 ? 0 : SessionOptions.number("--joint", parts[2])));
        }
        return manifest;
    }
}
