package dev.limber.launcher.gui.model;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.limber.api.environment.EnvironmentSpec.RewardTerm;
import dev.limber.api.experiment.Experiment;
import dev.limber.api.experiment.Experiment.Phase;
import dev.limber.api.experiment.Experiment.Status;
import dev.limber.api.gui.Journaled;
import dev.limber.api.gui.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A run as its files tell it: `run.json` and `journal.jsonl`. One thread.
final class RunFiles {

    private static final int MOST_ENTRIES = 5_000;

    private final Path folder;
    private final LineTail journal;
    private final List<Journaled> told = new ArrayList<>();
    private final Map<String, Double> weights = new LinkedHashMap<>();
    private Instant created = Instant.EPOCH;
    private String environment = "";
    private String algorithm = "";
    private long seed;
    private long steps;
    private String problem = "";
    private Phase phase = Phase.RUNNING;
    private long process;
    private long step;
    private long episodes;
    private double meanReturn = Double.NaN;
    private double seconds;

    RunFiles(Path folder) {
        this.folder = folder;
        journal = new LineTail(folder.resolve("journal.jsonl"));
    }

    /// True where a folder holds a run.
    static boolean present(Path folder) {
        return Files.isRegularFile(folder.resolve("run.json"));
    }

    /// Reads what is new.
    ///
    /// @return what has been added to the journal
    List<Journaled> read() {
        var entries = new ArrayList<Journaled>();
        try {
            List<String> lines = journal.read();
            if (environment.isEmpty() || !lines.isEmpty()) {
                describe(JSON.std.mapFrom(Files.readString(folder.resolve("run.json"))));
            }
            if (journal.restarted()) {
                told.clear();
            }
            for (String line : lines) {
                Journaled entry = entry(JSON.std.mapFrom(line));
                apply(entry);
                entries.add(entry);
                if (!entry.event().equals("checkpoint") && told.size() < MOST_ENTRIES) {
                    told.add(entry);
                }
            }
        } catch (IOException | ClassCastException | NullPointerException | DateTimeException unreadable) {
            problem = "its files cannot be read: " + unreadable.getMessage();
        }
        return entries;
    }

    private void describe(Map<String, Object> json) {
        Map<?, ?> world = (Map<?, ?>) json.get("environment");
        environment = world.get("name").toString();
        algorithm = ((Map<?, ?>) json.get("algorithm")).get("name").toString();
        created = Instant.parse(json.get("created").toString());
        seed = ((Number) json.get("seed")).longValue();
        steps = ((Number) json.get("steps")).longValue();
        weights.clear();
        ((Map<?, ?>) world.get("reward")).forEach((term, value) -> weights.put(term.toString(),
                Double.valueOf(((Map<?, ?>) value).get("value").toString())));
    }

    private Journaled entry(Map<String, Object> json) {
        var details = new LinkedHashMap<String, Object>(json);
        details.keySet().removeAll(List.of("time", "step", "event"));
        return new Journaled(folder, Instant.parse(json.get("time").toString()),
                ((Number) json.get("step")).longValue(), json.get("event").toString(), details);
    }

    private void apply(Journaled entry) {
        Map<String, Object> details = entry.details();
        step = entry.step();
        if (details.get("meanReturn") instanceof Number mean && !entry.event().equals("evaluation")) {
            meanReturn = mean.doubleValue();
        }
        if (details.get("episodes") instanceof Number count && !entry.event().equals("evaluation")) {
            episodes = count.longValue();
        }
        if (details.get("seconds") instanceof Number time) {
            seconds = time.doubleValue();
        }
        switch (entry.event()) {
            case "started", "resumed" -> {
                phase = Phase.RUNNING;
                process = details.get("process") instanceof Number id ? id.longValue() : 0;
                problem = "";
            }
            case "proceeded" -> phase = Phase.RUNNING;
            case "paused", "withdrawn" -> phase = Phase.PAUSED;
            case "finished" -> phase = Phase.FINISHED;
            case "stopped" -> phase = Phase.STOPPED;
            case "failed" -> {
                phase = Phase.FAILED;
                problem = String.valueOf(details.get("message"));
            }
            case "weighed" -> weights.put(String.valueOf(details.get("term")),
                    Double.valueOf(String.valueOf(details.get("weight"))));
            default -> {
                // nothing that a list of runs shows
            }
        }
    }

    /// What happened so far, checkpoints left out.
    List<Journaled> journal() {
        return List.copyOf(told);
    }

    /// The run as it is.
    ///
    /// @param experiment the run's experiment, where it runs in this process
    Run run(Optional<Experiment> experiment) {
        Status status = experiment.map(Experiment::status).orElseGet(
                () -> new Status(recordedPhase(), step, steps, episodes, meanReturn, seconds,
                        seconds > 0 ? step / seconds : 0));
        return new Run(folder, environment, algorithm, seed, created, status,
                weights.entrySet().stream().map(each -> new RewardTerm(each.getKey(), each.getValue())).toList(),
                experiment.filter(_ -> status.phase() == Phase.RUNNING || status.phase() == Phase.PAUSED), problem);
    }

    /// A run whose process has gone without a word was stopped.
    private Phase recordedPhase() {
        boolean open = phase == Phase.RUNNING || phase == Phase.PAUSED;
        return open && (process == ProcessHandle.current().pid() || ProcessHandle.of(process).isEmpty())
                ? Phase.STOPPED
                : phase;
    }
}
