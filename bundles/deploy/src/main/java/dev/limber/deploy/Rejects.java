package dev.limber.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Deals with the files of jars that are not taken, and tells of them. Other processes may do the same with the same files
/// at the same time.
final class Rejects {

    private final Path folder;
    private final WatchedFolder watched;
    private final Quarantine quarantine;
    private final Inventory inventory;
    private final BooleanSupplier ending;
    private final Consumer<String> told;

    /// @param ending true once this process ends: nothing works then, for which no jar is to blame
    /// @param told hears one line of each
    Rejects(Path folder, WatchedFolder watched, Quarantine quarantine, Inventory inventory, BooleanSupplier ending,
            Consumer<String> told) {
        this.folder = folder;
        this.watched = watched;
        this.quarantine = quarantine;
        this.inventory = inventory;
        this.ending = ending;
        this.told = told;
    }

    /// @param what happened to the file: "is refused: ..."
    void tell(Path file, String what) {
        tell(folder.getFileName() + "/" + FileNames.shown(file) + " " + what);
    }

    void tell(String line) {
        if (ending.getAsBoolean()) {
            return;
        }
        told.accept(Failures.oneLine(line));
    }

    /// Moves away what is no sound jar. Where the file holds something else by now, that stays.
    void quarantine(Path file, String reason) {
        quarantine(file, file, reason, taken -> watched.unchanged(file, taken));
    }

    /// Moves a refused jar away. Where the file holds something else by now, that stays.
    ///
    /// @param jar the copy of it
    void quarantine(Path file, Jar jar, String reason) {
        boolean same;
        try {
            same = holds(file, jar);
        } catch (IOException gone) {
            same = Files.exists(file);
        }
        quarantine(file, same ? file : jar.file(), reason, taken -> !taken.startsWith(folder) || holds(taken, jar));
    }

    private static boolean holds(Path file, Jar jar) throws IOException {
        return Examination.sha256(file).equals(jar.sha256());
    }

    /// @param refused the file itself, or a copy of what it held
    private void quarantine(Path file, Path refused, String reason, Quarantine.Check refusedIndeed) {
        if (ending.getAsBoolean()) {
            return;
        }
        try {
            quarantine.take(refused, FileNames.shown(file), reason, refusedIndeed);
        } catch (NoSuchFileException gone) {
            // Another process, or the user, was faster.
        } catch (IOException stays) {
            tell(file, "cannot be moved to quarantine: " + Failures.described(stays));
        }
        if (refused.equals(file) && Files.notExists(file)) {
            watched.forget(file);
            inventory.of(file).stream().filter(Entry::active).findFirst().ifPresent(this::putBack);
        }
    }

    /// The refused jar had been written over the one that runs: the folder gets that one back.
    private void putBack(Entry entry) {
        Path temporary = entry.file()
                .resolveSibling(
                        "." + ProcessHandle.current().pid() + "-" + Thread.currentThread().threadId() + ".back");
        try {
            Files.copy(entry.jar().file(), temporary, StandardCopyOption.REPLACE_EXISTING);
            Files.move(temporary, entry.file()); // not over a newer one
        } catch (IOException failed) {
            temporary.toFile().delete();
            if (Files.notExists(entry.file())) {
                tell(entry.file(), "cannot be put back: " + Failures.described(failed));
            }
        }
    }

    /// Why another process has moved a file away, where one has.
    Optional<String> elsewhere(Path file) {
        return Files.exists(quarantine.of(FileNames.shown(file)))
                ? quarantine.reason(FileNames.shown(file))
                : Optional.empty();
    }
}
