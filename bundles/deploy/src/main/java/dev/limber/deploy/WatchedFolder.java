package dev.limber.deploy;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// Finds out which jars of a folder are new, changed or gone, by looking again and again: that works on every file
/// system. A file is reported as soon as it is seen, and a [doubted][#doubt] one again when nobody has written to it for a
/// while, since it may have been a copy in progress. Thread-safe.
final class WatchedFolder {

    /// Looks without a file until it counts as gone: builds delete a jar before they write it anew.
    private static final int LOOKS_UNTIL_GONE = 5;

    /// What the file system says of a file.
    private record Mark(long size, FileTime time, Object key) {}

    /// What a look has found.
    ///
    /// @param arrived files that are new or have changed, and doubted ones that are quiet, in the order of their names
    /// @param gone files that were there
    record Look(List<Path> arrived, List<Path> gone) {}

    /// What is known of a file.
    private static final class Seen {
        private final Mark mark;
        /// When it was first as it is, by [System#nanoTime].
        private final long since;
        private boolean reported;
        private boolean doubted;
        private int missing;

        Seen(Mark mark, long since) {
            this.mark = mark;
            this.since = since;
        }
    }

    private final Path folder;
    private final long quiet;
    private final Map<Path, Seen> files = new TreeMap<>();

    /// @param quiet time without a change after which nobody writes to a file any more [ms]
    WatchedFolder(Path folder, long quiet) {
        this.folder = folder;
        this.quiet = quiet;
    }

    /// Looks at the folder, which need not exist.
    synchronized Look look() {
        Map<Path, Mark> now = read();
        var arrived = new ArrayList<Path>();
        for (var each : now.entrySet()) {
            Path file = each.getKey();
            Mark mark = each.getValue();
            Seen seen = files.get(file);
            if (seen == null || !seen.mark.equals(mark)) {
                boolean old = seen == null && mark.time.toMillis() < System.currentTimeMillis() - quiet;
                seen = new Seen(mark, System.nanoTime() - (old ? TimeUnit.MILLISECONDS.toNanos(quiet) : 0));
                files.put(file, seen);
            }
            seen.missing = 0;
            if (!seen.reported || seen.doubted && quiet(seen)) {
                seen.reported = true;
                seen.doubted = false;
                arrived.add(file);
            }
        }
        var gone = new ArrayList<Path>();
        files.forEach((file, seen) -> {
            if (!now.containsKey(file) && ++seen.missing >= LOOKS_UNTIL_GONE) {
                gone.add(file);
            }
        });
        gone.forEach(files::remove);
        return new Look(arrived, gone);
    }

    private boolean quiet(Seen seen) {
        return System.nanoTime() - seen.since >= TimeUnit.MILLISECONDS.toNanos(quiet);
    }

    /// True where nobody has written to a file for a while.
    synchronized boolean quiet(Path file) {
        Seen seen = files.get(file);
        return seen != null && quiet(seen);
    }

    /// True where a file is as it was when it was last reported.
    synchronized boolean unchanged(Path file) {
        return unchanged(file, file);
    }

    /// True where a file that has been moved is as it was when it was last reported.
    ///
    /// @param now where it is now, on the same file system
    synchronized boolean unchanged(Path file, Path now) {
        Seen seen = files.get(file);
        try {
            return seen != null && seen.mark.equals(mark(now));
        } catch (IOException gone) {
            return false;
        }
    }

    /// Reports a file again when it has changed or is quiet.
    synchronized void doubt(Path file) {
        Seen seen = files.get(file);
        if (seen != null) {
            seen.doubted = true;
        }
    }

    /// True where some file is doubted, which may still be being written.
    synchronized boolean doubts() {
        return files.values().stream().anyMatch(seen -> seen.doubted);
    }

    /// Reports a file again in the next look though it has not changed.
    synchronized void again(Path file) {
        Seen seen = files.get(file);
        if (seen != null) {
            seen.reported = false;
        }
    }

    /// Takes a file for known to be gone: the deployer itself has moved it.
    synchronized void forget(Path file) {
        files.remove(file);
    }

    private Map<Path, Mark> read() {
        var marks = new TreeMap<Path, Mark>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, FileNames::watched)) {
            for (Path file : stream) {
                try {
                    marks.put(file, mark(file));
                } catch (IOException deletedMeanwhile) {
                    continue;
                }
            }
        } catch (IOException | DirectoryIteratorException noFolder) {
            return marks; // it may come
        }
        return marks;
    }

    private static Mark mark(Path file) throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(file, BasicFileAttributes.class);
        } catch (IOException linkToNothing) {
            attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        }
        Object key = attributes.fileKey();
        return new Mark(attributes.size(), attributes.lastModifiedTime(), key == null ? "" : key);
    }
}
