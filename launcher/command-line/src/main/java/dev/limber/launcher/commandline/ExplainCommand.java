package dev.limber.launcher.commandline;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.limber.api.plugin.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `limber explain RUN`
@Command(name = "explain", description = "Tells the story of a run: what it was made of, what took over when, and how it went.%n", footer = {
    "", "Example: limber explain runs/cartpole-1"})
final class ExplainCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(paramLabel = "RUN", description = "folder of the run")
    Path run;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this help")
    boolean help;

    ExplainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Path journal = run.resolve("journal.jsonl");
        if (!Files.isRegularFile(journal)) {
            throw new UsageException(run + " is no run: it has no journal.jsonl");
        }
        try {
            List<String> story = new RunStory(curve(run.resolve("metrics.csv"))).tell(events(journal));
            story.forEach(terminal.out()::println);
            return 0;
        } catch (IOException unreadable) {
            throw new UsageException("run " + run + " cannot be read: " + unreadable.getMessage());
        }
    }

    private static List<Map<String, Object>> events(Path journal) throws IOException {
        var events = new ArrayList<Map<String, Object>>();
        for (String line : Files.readAllLines(journal)) {
            try {
                events.add(JSON.std.mapFrom(line));
            } catch (IOException halfWritten) {
                continue; // the process that wrote it was killed
            }
        }
        return events;
    }

    /// The mean return of the last 100 episodes at each row: step and return.
    private static List<double[]> curve(Path metrics) throws IOException {
        var curve = new ArrayList<double[]>();
        if (!Files.exists(metrics)) {
            return curve;
        }
        List<String> lines = Files.readAllLines(metrics);
        int column = lines.isEmpty() ? -1 : List.of(lines.getFirst().split(",")).indexOf("episode/return_100");
        for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            String[] cells = line.split(",", -1);
            if (column >= 0 && column < cells.length && !cells[column].isEmpty()) {
                curve.add(new double[] {Double.parseDouble(cells[0]), Double.parseDouble(cells[column])});
            }
        }
        return curve;
    }
}
