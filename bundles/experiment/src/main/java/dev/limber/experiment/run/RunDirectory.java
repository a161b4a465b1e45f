package dev.limber.experiment.run;

import com.fasterxml.jackson.core.JacksonException;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.state.IncompatibleStateException;
import dev.limber.experiment.checkpoint.Checkpoints;
import dev.limber.experiment.plan.Plan;
import dev.limber.experiment.plan.StoredPlan;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/// A run's directory, held by this process alone until it is closed.
///
/// It holds `run.json` (what runs and where, and what its numbers mean on a robot), `journal.jsonl` (what happened), `metrics.csv`, TensorBoard's event file,
/// `checkpoints/` and `lock`.
public final class RunDirectory implements Closeable {

    private static final String DESCRIPTION = "run.json";
    private static final int FORMAT = 1;
    private static final String CPU = cpu();

    private final Path path;
    private final FileChannel channel;
    private final Journal journal;
    private final Checkpoints checkpoints;

    private RunDirectory(Path path) throws IOException {
        this.path = path;
        channel = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            lock(path, channel);
            journal = new Journal(path.resolve("journal.jsonl"));
            checkpoints = new Checkpoints(path.resolve("checkpoints"));
            checkpoints.open();
        } catch (IOException | RuntimeException e) {
            channel.close(); // frees the lock
            throw e;
        }
    }

    private static void lock(Path path, FileChannel channel) throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) { // held in this process
            lock = null;
        }
        if (lock == null) {
            throw new UsageException("run " + path + " is running already");
        }
    }

    /// Where a run goes for which the user named no place.
    public static Path defaultPath(Plan plan) {
        String name = plan.environment().info().name() + "-" + plan.algorithm().name() + "-" + plan.seed() + "-"
                + DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").format(LocalDateTime.now());
        Path runs = Path.of("runs");
        Path path = runs.resolve(name);
        for (int i = 2; Files.exists(path); i++) {
            path = runs.resolve(name + "-" + i);
        }
        return path;
    }

    /// Throws where a run cannot be put there.
    public static void requireAbsent(Path path) {
        if (Files.exists(path)) {
            throw new UsageException("run " + path + " exists already; resume it or name another directory");
        }
    }

    /// Creates the directory of a new run.
    public static RunDirectory create(Path path, Plan plan) throws IOException {
        Path absolute = path.toAbsolutePath();
        try {
            Files.createDirectories(absolute.getParent());
            Files.createDirectory(absolute);
        } catch (FileAlreadyExistsException e) {
            throw new UsageException("run " + path + " cannot be created: " + (e.getFile().equals(absolute.toString())
                    ? "it exists already"
                    : PlainReason.of(e)));
        } catch (NoSuchFileException | AccessDeniedException e) { // the first for file systems without real files
            throw new UsageException("run " + path + " cannot be created: no folder can be made in "
                    + absolute.getParent());
        }
        try {
            var directory = new RunDirectory(path);
            try {
                directory.describe(plan, Instant.now().toString());
            } catch (IOException | RuntimeException e) {
                directory.close();
                throw e;
            }
            return directory;
        } catch (IOException | RuntimeException e) {
            delete(absolute);
            throw e;
        }
    }

    /// Opens the directory of a run to go on with it.
    public static RunDirectory open(Path path) throws IOException {
        requireRun(path);
        return new RunDirectory(path);
    }

    /// What a run is, without holding its directory.
    public static StoredPlan describe(Path path) throws IOException {
        requireRun(path);
        Map<String, Object> json = read(path);
        if (!(json.get("format") instanceof Number format) || format.longValue() != FORMAT) {
            throw new UsageException(
                    "run " + path + " has format " + json.get("format") + ", this Limber reads " + FORMAT);
        }
        return StoredPlan.fromJson(json, path.resolve(DESCRIPTION).toString());
    }

    /// The checkpoints of a run, without holding its directory.
    public static Checkpoints checkpoints(Path path) {
        return new Checkpoints(path.resolve("checkpoints"));
    }

    /// The error for a checkpoint that its plug-ins, as they are now, do not take.
    public static IncompatibleStateException unfit(Path path, long step, IncompatibleStateException reason) {
        return new IncompatibleStateException("checkpoint " + step + " of run " + path + " does not fit: "
                + reason.getMessage() + "; install the versions that " + path.resolve(DESCRIPTION)
                + " names, or train anew");
    }

    private static Map<String, Object> read(Path path) throws IOException {
        try {
            return Json.read(path.resolve(DESCRIPTION));
        } catch (JacksonException e) {
            throw new UsageException(path.resolve(DESCRIPTION) + " is damaged");
        }
    }

    private static void requireRun(Path path) {
        if (!Files.isRegularFile(path.resolve(DESCRIPTION))) {
            throw new UsageException(path + " is no run: it has no " + DESCRIPTION);
        }
    }

    /// Writes anew what runs, after the number of steps has been raised.
    public void update(Plan plan) throws IOException {
        Object created = read(path).get("created");
        describe(plan, created == null ? Instant.now().toString() : created.toString());
    }

    private void describe(Plan plan, String created) throws IOException {
        var json = new LinkedHashMap<String, Object>();
        json.put("format", FORMAT);
        json.put("created", created);
        json.putAll(StoredPlan.toJson(plan));
        plan.environment().spec().rewardThreshold().ifPresent(threshold -> json.put("rewardThreshold", threshold));
        json.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        json.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch"));
        json.put("cpu", CPU);
        json.put("cores", Runtime.getRuntime().availableProcessors());
        Json.write(path.resolve(DESCRIPTION), json);
    }

    /// The processor's name where Linux tells it.
    private static String cpu() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name")).findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }

    /// Deletes a directory that came to nothing.
    public static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            // what cannot be deleted stays; the caller's own failure is what the user must hear
        }
    }

    /// Where it is.
    public Path path() {
        return path;
    }

    /// What happened.
    public Journal journal() {
        return journal;
    }

    /// Its checkpoints.
    public Checkpoints checkpoints() {
        return checkpoints;
    }

    @Override
    public void close() throws IOException {
        try {
            journal.close();
        } finally {
            channel.close(); // frees the lock
        }
    }
}
