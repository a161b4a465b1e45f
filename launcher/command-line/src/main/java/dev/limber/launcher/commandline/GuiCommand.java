package dev.limber.launcher.commandline;

import dev.limber.api.algorithm.Device;
import dev.limber.api.experiment.ExperimentSpec;
import dev.limber.api.experiment.PluginKind;
import dev.limber.api.gui.Gui;
import dev.limber.api.gui.GuiSpec;
import dev.limber.api.plugin.UsageException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.osgi.util.tracker.ServiceTracker;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `limber gui`, and `limber` alone
@Command(name = "gui", description = "Opens the window.%n", footer = {"",
    "Example: limber gui --experiment CartPole-v1,a2c --screenshot window.png --after 10"})
final class GuiCommand implements Callable<Integer> {

    private final Laboratory laboratory;

    @Option(names = "--runs", paramLabel = "DIR", description = "folder whose runs are listed (default: runs)")
    Path runs = Path.of("runs");

    @Option(names = "--experiment", paramLabel = "ENV,ALGO", description = "experiment to start at once")
    String experiment;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0", description = "what all its randomness comes from (default: 0)")
    String seed;

    @Option(names = "--steps", paramLabel = "N", description = "its environment steps, all copies together")
    String steps;

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "set an option of it; may be repeated")
    List<String> settings = new ArrayList<>();

    @Option(names = "--run", paramLabel = "DIR", description = "folder to make for its run (default: a new one below runs/)")
    Path run;

    @Option(names = "--recording", paramLabel = "FILE.mcap", description = "recorded session to show in the live view")
    Path recording;

    @Option(names = "--screenshot", paramLabel = "FILE.png", description = "draw the window into a file and end")
    Path screenshot;

    @Option(names = "--after", paramLabel = "SECONDS", defaultValue = "5", description = "when to draw it [s] (default: 5)")
    String after;

    @Option(names = "--theme", paramLabel = "THEME", description = "dark or light (default: what was chosen last)")
    String theme;

    @Option(names = "--size", paramLabel = "WxH", description = "size of the window [px], 1920x1080 for example")
    String size;

    @Option(names = "--show", paramLabel = "PANEL", description = "bring a panel to the front, limber.bundles for example; may be repeated")
    List<String> show = new ArrayList<>();

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this help")
    boolean help;

    GuiCommand(Laboratory laboratory) {
        this.laboratory = laboratory;
    }

    @Override
    public Integer call() throws InterruptedException {
        int[] pixels = size();
        var spec = new GuiSpec(runs, experiment(), Optional.ofNullable(recording), Optional.ofNullable(screenshot).map(
                file -> new GuiSpec.Screenshot(file, seconds())), theme(), pixels[0], pixels[1],
                show);
        open(laboratory, spec);
        return 0;
    }

    /// `limber` alone.
    static void open(Laboratory laboratory) throws InterruptedException {
        open(laboratory,
                new GuiSpec(Path.of("runs"), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 0,
                        0,
                        List.of()));
    }

    private static void open(Laboratory laboratory, GuiSpec spec) throws InterruptedException {
        var tracker = new ServiceTracker<Gui, Gui>(laboratory.context(), Gui.class, null);
        tracker.open();
        try {
            Gui gui = tracker.getService();
            if (gui == null) {
                throw new UsageException("the bundle dev.limber.launcher.gui is not installed");
            }
            GuiSpec next = spec;
            while (!gui.open(next)) { // another version of its bundle is on the way
                gui = tracker.waitForService(0);
                next = new GuiSpec(spec.runs(), Optional.empty(), spec.recording(), spec.screenshot(), spec.theme(),
                        spec.width(),
                        spec.height(), spec.show());
            }
        } finally {
            tracker.close();
        }
    }

    private Optional<ExperimentSpec> experiment() {
        if (experiment == null) {
            if (run != null || steps != null || !settings.isEmpty()) {
                throw new UsageException("--run, --steps and --set are about an experiment; name it: "
                        + "--experiment ENV,ALGO");
            }
            return Optional.empty();
        }
        String[] names = experiment.split(",", -1);
        if (names.length != 2) {
            throw new UsageException("--experiment takes an environment and an algorithm, CartPole-v1,a2c for "
                    + "example, not '" + experiment + "'");
        }
        var catalog = laboratory.catalog();
        return Optional.of(new ExperimentSpec(Names.matchOrKeep(names[0], catalog.plugins(PluginKind.ENVIRONMENTS)),
                Names.matchOrKeep(names[1], catalog.plugins(PluginKind.ALGORITHMS)), Numbers.settings(settings),
                Numbers.whole("--seed", seed, Long.MIN_VALUE),
                steps == null ? OptionalLong.empty() : OptionalLong.of(Numbers.whole("--steps", steps, 1)),
                OptionalInt.empty(), Device.AUTO, Optional.ofNullable(run)));
    }

    private double seconds() {
        List<Double> numbers = Numbers.list("--after", after);
        if (numbers.size() != 1 || !(numbers.getFirst() >= 0 && numbers.getFirst() <= 86_400)) {
            throw new UsageException("--after takes seconds from 0 to 86400, not '" + after + "'");
        }
        return numbers.getFirst();
    }

    private Optional<String> theme() {
        return Optional.ofNullable(theme).map(name -> Names.match(name, List.of("dark", "light"))
                .orElseThrow(() -> new UsageException("--theme takes dark or light, not '" + name + "'")));
    }

    private int[] size() {
        if (size == null) {
            return new int[2];
        }
        if (!size.matches("[1-9]\\d{2,3}x[1-9]\\d{2,3}")) {
            throw new UsageException("--size takes a width and a height, 1920x1080 for example, not '" + size + "'");
        }
        int cut = size.indexOf('x');
        return new int[] {Integer.parseInt(size.substring(0, cut)), Integer.parseInt(size.substring(cut + 1))};
    }
}
