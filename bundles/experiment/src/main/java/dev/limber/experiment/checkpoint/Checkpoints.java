package dev.limber.experiment.checkpoint;

import dev.limber.api.plugin.UsageException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The checkpoints of a run: `<step>.zip`, of which the newest stay, and `best.zip`. A file appears under its name only
/// when all of it is on the disk, so that the end of the process or the power leaves the last one whole.
public final class Checkpoints {

    private static final String ZIP = ".zip";
    private static final String TEMPORARY = ".tmp";
    private static final Path BEST = Path.of("best" + ZIP);

    private final Path directory;

    /// The checkpoints in a directory.
    public Checkpoints(Path directory) {
        this.directory = directory;
    }

    /// Creates the directory and removes what a killed process has left half written.
    public void open() throws IOException {
        Files.createDirectories(directory);
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(path -> path.toString().endsWith(TEMPORARY)).toList()) {
                Files.delete(file);
            }
        }
    }

    /// Writes a checkpoint.
    ///
    /// @param kept how many of the newest stay
    /// @param best true where it is the best so far
    public void write(Checkpoint checkpoint, int kept, boolean best) throws IOException {
        Path file = file(checkpoint.step());
        Path temporary = directory.resolve(checkpoint.step() + ZIP + TEMPORARY);
        CheckpointFile.write(checkpoint, temporary);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        if (best) {
            Path link = directory.resolve(BEST + TEMPORARY);
            Files.deleteIfExists(link);
            try {
                Files.createLink(link, file);
            } catch (UnsupportedOperationException | IOException e) { // a file system without hard links
                Files.copy(file, link);
            }
            Files.move(link, directory.resolve(BEST), StandardCopyOption.ATOMIC_MOVE);
        }
        force();
        List<Long> steps = steps();
        for (long step : steps.subList(0, Math.max(0, steps.size() - kept))) {
            Files.deleteIfExists(file(step));
        }
    }

    /// Removes checkpoints of steps that were lost and will be taken again, the best too where it is one of them or is
    /// damaged.
    ///
    /// @return true where the best stays
    public boolean removeBeyond(long step) throws IOException {
        for (long each : steps()) {
            if (each > step) {
                Files.deleteIfExists(file(each));
            }
        }
        Path best = directory.resolve(BEST);
        try {
            if (CheckpointFile.read(best).step() <= step) {
                return true;
            }
        } catch (IOException e) {
            // missing or damaged, which comes to the same
        }
        Files.deleteIfExists(best);
        return false;
    }

    private void force() throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            if (!System.getProperty("os.name").startsWith("Windows")) { // which cannot open directories
                throw e;
            }
        }
    }

    /// The steps there are checkpoints of, rising; the best is not among them unless it is one of the newest.
    public List<Long> steps() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(path -> path.getFileName().toString()).filter(name -> name.matches("\\d{1,18}\\.zip"))
                    .map(name -> Long.valueOf(name.substring(0, name.length() - ZIP.length()))).sorted().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /// The newest checkpoint that is whole.
    ///
    /// @param notes hears of the ones that are not
    public Optional<Checkpoint> newest(Consumer<String> notes) throws IOException {
        for (long step : steps().stream().sorted(Collections.reverseOrder()).toList()) {
            try {
                return Optional.of(CheckpointFile.read(file(step)));
            } catch (IOException e) {
                notes.accept("checkpoint " + step + " is skipped: " + e.getMessage());
            }
        }
        return Optional.empty();
    }

    /// A checkpoint by name.
    ///
    /// @param name "latest", "best" or a step
    /// @param notes hears of damaged ones that are passed over
    /// @throws UsageException where there is none of that name, naming those there are
    public Checkpoint read(String name, Consumer<String> notes) throws IOException {
        List<Long> steps = steps();
        boolean best = Files.exists(directory.resolve(BEST));
        if (name.equals("latest")) {
            return newest(notes).orElseThrow(() -> new UsageException(
                    directory + " holds no whole checkpoint"));
        }
        Path file = directory.resolve(name + ZIP);
        boolean known = name.equals("best") ? best : steps.stream().anyMatch(step -> step.toString().equals(name));
        if (!known) {
            String there = String.join(", ", steps.stream().map(String::valueOf).toList());
            throw new UsageException("there is no checkpoint '" + name + "' in " + directory + "; there are latest, "
                    + (best ? "best, " : "") + there);
        }
        try {
            return CheckpointFile.read(file);
        } catch (IOException e) {
            throw new UsageException("checkpoint " + file + " cannot be read: " + e.getMessage());
        }
    }

    private Path file(long step) {
        return directory.resolve(step + ZIP);
    }
}
