package dev.limber.study;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.limber.api.experiment.Catalog;
import dev.limber.api.experiment.Experiments;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.study.Comparison;
import dev.limber.api.study.Studies;
import dev.limber.api.study.Study;
import dev.limber.api.study.StudyListener;
import dev.limber.api.study.StudySpec;
import dev.limber.study.grid.StudyFile;
import dev.limber.study.grid.StudyPlan;
import dev.limber.study.grid.StudyPlanner;
import dev.limber.study.run.RunningStudy;
import dev.limber.study.runs.Evaluations;
import dev.limber.study.runs.RunFolder;
import dev.limber.study.table.Group;
import dev.limber.study.table.Report;
import dev.limber.study.table.ResultTable;
import dev.limber.study.table.RunGroups;
import dev.limber.study.table.ScoredRun;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/// Runs studies in this process, through the runner.
@Component
public final class LocalStudies implements Studies {

    private static final String DESCRIPTION = "study.json";

    private final Experiments experiments;
    private final Catalog catalog;
    private final Set<Study> running = ConcurrentHashMap.newKeySet();

    /// @param experiments who runs experiments
    /// @param catalog what is installed
    @Activate
    public LocalStudies(@Reference Experiments experiments, @Reference Catalog catalog) {
        this.experiments = experiments;
        this.catalog = catalog;
    }

    @Override
    public Map<String, Object> read(Path file) {
        return StudyFile.read(Files.isDirectory(file) ? file.resolve(DESCRIPTION) : file);
    }

    @Override
    public Study start(StudySpec spec, StudyListener listener) {
        if (spec.parallel() < 0) {
            throw new UsageException("experiments at a time must be at least 1, not " + spec.parallel());
        }
        StudyPlan plan = new StudyPlanner(catalog).plan(spec.description());
        int parallel = spec.parallel() > 0 ? spec.parallel() : Runtime.getRuntime().availableProcessors();
        FileChannel lock = hold(spec.folder());
        try {
            Files.writeString(spec.folder().resolve(DESCRIPTION),
                    JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(spec.description()) + "\n");
            Study study = RunningStudy.start(plan, spec.folder(), parallel, experiments, listener,
                    () -> release(lock));
            running.add(study);
            return study;
        } catch (IOException e) {
            release(lock);
            throw new UsageException("study " + spec.folder() + " cannot be written: " + e.getMessage());
        }
    }

    /// One process at a time may run a study.
    private static FileChannel hold(Path folder) {
        try {
            Files.createDirectories(folder);
            FileChannel channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            try {
                if (channel.tryLock() != null) {
                    return channel;
                }
            } catch (OverlappingFileLockException e) {
                // held in this process; told below
            }
            channel.close();
            throw new UsageException("study " + folder + " is running already");
        } catch (IOException e) {
            throw new UsageException("study " + folder + " cannot be written: " + e.getMessage());
        }
    }

    private static void release(FileChannel lock) {
        try {
            lock.close();
        } catch (IOException e) {
            System.getLogger(LocalStudies.class.getName()).log(System.Logger.Level.DEBUG, "a lock stays", e);
        }
    }

    @Override
    public Comparison compare(List<Path> runs, int episodes, Optional<Path> out) {
        if (episodes < 1) {
            throw new UsageException("episodes must be at least 1, not " + episodes);
        }
        List<String> notes = new ArrayList<>();
        var evaluations = new Evaluations(experiments, episodes);
        List<ScoredRun> scored = new ArrayList<>();
        for (Path folder : runs.stream().flatMap(LocalStudies::runsIn).distinct().toList()) {
            RunFolder run = RunFolder.read(folder);
            if (run.checkpointStep() <= 0) {
                notes.add(folder + " is left out: it has learnt nothing yet");
                continue;
            }
            if (!run.trained(run.steps())) {
                notes.add(folder + " is not finished: " + run.checkpointStep() + " of " + run.steps() + " steps");
            }
            scored.add(new ScoredRun(run, evaluations.score(run)));
        }
        if (scored.isEmpty()) {
            throw new UsageException("there is no run to compare" + (notes.isEmpty() ? "" : ": " + notes.getFirst()));
        }
        List<Group> groups = RunGroups.of(scored);
        if (out.isEmpty()) {
            return new Comparison(ResultTable.markdown(groups, episodes), List.of(), notes);
        }
        try {
            Comparison written = Report.write(groups, episodes, "", out.get());
            notes.addAll(written.notes());
            return new Comparison(written.table(), written.files(), notes);
        } catch (IOException e) {
            throw new UsageException("the results in " + out.get() + " cannot be written: " + e.getMessage());
        }
    }

    /// A run, or the runs in a folder or a study.
    private static Stream<Path> runsIn(Path folder) {
        if (RunFolder.exists(folder)) {
            return Stream.of(folder);
        }
        Path runs = Files.isDirectory(folder.resolve("runs")) ? folder.resolve("runs") : folder;
        try (Stream<Path> children = Files.list(runs)) {
            List<Path> found = children.filter(RunFolder::exists).sorted().toList();
            if (!found.isEmpty()) {
                return found.stream();
            }
        } catch (IOException e) {
            // no folder at all; told below
        }
        throw new UsageException(folder + " is no run and holds none: there is no run.json");
    }

    /// Stops what still runs, with a checkpoint each, before the bundles that it stands on go.
    @Deactivate
    void stopAll() throws InterruptedException {
        running.forEach(Study::stop);
        for (Study study : running) {
            study.await();
        }
    }
}
