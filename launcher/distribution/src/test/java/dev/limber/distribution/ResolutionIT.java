package dev.limber.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.launcher.Platform;
import dev.limber.launcher.StartLevel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/// The resolution check: fails the build where a bundle is missing from the distribution, naming what it misses.
@Timeout(120)
class ResolutionIT {

    private static final Path HOME = Path.of(System.getProperty("limber.home"));

    @Test
    void everyBundleStartsAndEveryComponentHasItsServices() throws Exception {
        try (var platform = Platform.start(HOME, StartLevel.SHELL)) {
            assertEquals(List.of(), platform.problems());
            long jars;
            try (var files = Files.walk(HOME.resolve("bundles"))) {
                jars = files.filter(file -> file.toString().endsWith(".jar")).count();
            }
            assertEquals(jars, Arrays.stream(platform.context().getBundles())
                    .filter(bundle -> bundle.getState() == Bundle.ACTIVE && bundle.getBundleId() != 0).count());
        }
    }

    @Test
    void ordinaryCommandsNeedNothingOfTheShell() throws Exception {
        try (var platform = Platform.start(HOME, StartLevel.COMMANDS)) {
            assertEquals(List.of(), platform.problems());
            assertTrue(Arrays.stream(platform.context().getBundles())
                    .noneMatch(bundle -> bundle.getSymbolicName().contains("gogo")));
        }
    }

    @Test
    void aMissingBundleIsNamedByWhatMissesIt(@TempDir Path copy) throws Exception {
        copyWithout("dev.limber.api-", copy);
        try (var platform = Platform.start(copy, StartLevel.COMMANDS)) {
            String problems = String.join("\n", platform.problems());
            assertTrue(problems.contains("dev.limber.launcher.commandline is not resolved")
                    && problems.contains("dev.limber.api."), problems);
        }
    }

    private static void copyWithout(String name, Path copy) throws Exception {
        try (var files = Files.walk(HOME)) {
            for (Path file : files.sorted(Comparator.naturalOrder()).toList()) {
                Path target = copy.resolve(HOME.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else if (!file.getFileName().toString().startsWith(name)) {
                    Files.createSymbolicLink(target, file);
                }
            }
        }
    }
}
