package dev.limber.study.runs;

import dev.limber.api.experiment.Evaluation;
import dev.limber.api.experiment.EvaluationSpec;
import dev.limber.api.experiment.Experiments;
import dev.limber.api.plugin.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/// Greedy evaluations of the newest checkpoint of runs, kept in `evaluations.csv` in each run's directory so that none is
/// played twice. The newest and not the best checkpoint, because the best of many is too good by chance.
public final class Evaluations {

    /// What the episodes' randomness comes from: the same episodes for every run.
    private static final long SEED = 1_000_000;
    private static final String HEADER = "step,episodes,seed,mean_return,std_return,min_return,max_return,mean_length";

    private final Experiments experiments;
    private final int episodes;

    /// @param experiments who plays
    /// @param episodes per run
    public Evaluations(Experiments experiments, int episodes) {
        this.experiments = experiments;
        this.episodes = episodes;
    }

    /// The mean return of a run's newest checkpoint: as it was played before, or played now.
    public double score(RunFolder run) {
        return find(run.folder(), run.checkpointStep()).orElseGet(() -> play(run.folder()));
    }

    /// The mean return that was played by the first checkpoint from `step` on.
    public Optional<Double> find(Path run, long step) {
        Path file = file(run);
        try {
            List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
            return lines.stream().map(line -> line.split(",", -1))
                    .filter(cells -> cells.length == 8 && cells[0].matches("\\d+") && Long.parseLong(cells[0]) >= step
                            && Integer.parseInt(cells[1]) == episodes && Long.parseLong(cells[2]) == SEED)
                    .findFirst().map(cells -> Double.valueOf(cells[3]));
        } catch (IOException | NumberFormatException e) {
            throw new UsageException(file + " cannot be read: " + e.getMessage());
        }
    }

    private double play(Path run) {
        Evaluation played = experiments.evaluate(new EvaluationSpec(run, Optional.empty(), "latest", episodes, SEED));
        String line = played.checkpointStep() + "," + played.episodes() + "," + SEED + "," + played.meanReturn() + ","
                + played.stdReturn() + "," + played.minReturn() + "," + played.maxReturn() + "," + played.meanLength()
                + "\n";
        Path file = file(run);
        try {
            Files.writeString(file, Files.exists(file) ? line : HEADER + "\n" + line, StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UsageException(file + " cannot be written: " + e.getMessage());
        }
        return played.meanReturn();
    }

    private static Path file(Path run) {
        return run.resolve("evaluations.csv");
    }
}
