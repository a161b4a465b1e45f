package dev.limber.deploy;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Finds out which jars of a folder are new, changed or gone, by looking again and again: that works on every file
/// system. A file counts when nobody has written to it between two looks. Not thread-safe.
final class WatchedFolder {

    /// Looks without a file until it counts as gone: builds delete a jar before they write it anew.
    private static final int LOOKS_UNTIL_GONE = 5;

    /// Files older than this are whole the first time they are seen [ms].
    private static final long OLD = 2_000;

    /// What the file system says of a file.
    private record Mark(long size, FileTime time, Object key) {}

    /// What a look has found.
    ///
    /// @param arrived files that are new or have changed, in the order of their names
    /// @param gone files that were there
    /// @param unstable true where some file is still being written
    record Look(List<Path> arrived, List<Path> gone, boolean unstable) {}

    private final Path folder;
    private final Map<Path, Mark> last = new HashMap<>();
    private final Map<Path, Mark> reported = new TreeMap<>();
    private final Map<Path, Integer> missing = new HashMap<>();

    WatchedFolder(Path folder) {
        this.folder = folder;
    }

    /// Looks at the folder, which need not exist.
    Look look() {
        Map<Path, Mark> now = read();
        var arrived = new ArrayList<Path>();
        boolean unstable = false;
        long oldest = System.currentTimeMillis() - OLD;
        for (var each : now.entrySet()) {
            Path file = each.getKey();
            Mark mark = each.getValue();
            missing.remove(file);
            if (mark.equals(reported.get(file))) {
                continue;
            }
            boolean old = !last.containsKey(file) && !reported.containsKey(file) && mark.time.toMillis() < oldest;
            if (old || mark.equals(last.get(file))) {
                reported.put(file, mark);
                arrived.add(file);
            } else {
                unstable = true;
            }
        }
        var gone = new ArrayList<Path>();
        for (Path file : List.copyOf(reported.keySet())) {
            if (!now.containsKey(file) && missing.merge(file, 1, Integer::sum) >= LOOKS_UNTIL_GONE) {
                reported.remove(file);
                missing.remove(file);
                gone.add(file);
            }
        }
        last.clear();
        last.putAll(now);
        return new Look(arrived, gone, unstable);
    }

    /// True where a file is as it was when it was last found to have arrived.
    boolean unchanged(Path file) {
        try {
            return mark(file).equals(reported.get(file));
        } catch (IOException gone) {
            return false;
        }
    }

    /// Finds a file again in the next look though it has not changed.
    void again(Path file) {
        reported.remove(file);
    }

    /// Takes a file as it is now for known: the deployer itself has written it.
    void know(Path file) throws IOException {
        Mark mark = mark(file);
        last.put(file, mark);
        reported.put(file, mark);
    }

    /// Takes a file for known to be gone: the deployer itself has moved it.
    void forget(Path file) {
        last.remove(file);
        reported.remove(file);
        missing.remove(file);
    }

    private Map<Path, Mark> read() {
        var files = new TreeMap<Path, Mark>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, "*.jar")) {
            for (Path file : stream) {
                try {
                    if (!file.getFileName().toString().startsWith(".") && Files.isRegularFile(file)) {
                        files.put(file, mark(file));
                    }
                } catch (IOException deletedMeanwhile) {
                    continue;
                }
            }
        } catch (IOException noFolder) {
            return files; // it may come
        }
        return files;
    }

    private static Mark mark(Path file) throws IOException {
        var attributes = Files.readAttributes(file, BasicFileAttributes.class);
        Object key = attributes.fileKey();
        return new Mark(attributes.size(), attributes.lastModifiedTime(), key == null ? "" : key);
    }
}
