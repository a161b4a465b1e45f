package dev.limber.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.deploy.DeployedBundle;
import dev.limber.api.deploy.DeployedBundle.State;
import dev.limber.api.experiment.Experiment;
import dev.limber.api.experiment.Experiment.Phase;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.jar.JarFile;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What file systems and their users do to jars.
@Timeout(300)
class FilesTest {

    private static final int MEGABYTE = 1 << 20;

    @TempDir
    private Path home;
    private LiveLaboratory laboratory;

    @BeforeEach
    void start() throws Exception {
        laboratory = LiveLaboratory.start(home, Map.of());
    }

    @AfterEach
    void end() throws Exception {
        laboratory.close();
    }

    private Optional<DeployedBundle> of(String file) {
        return laboratory.deployments().bundles().stream()
                .filter(each -> each.file().equals(file) || each.file().equals("quarantine/" + file)).findFirst();
    }

    private void awaitReason(String file, State state, String reason) {
        LiveLaboratory.await(file + " " + reason + "; " + laboratory.notes,
                () -> of(file).filter(each -> each.state() == state && each.reason().equals(reason)).isPresent());
    }

    /// A sound jar with so many megabytes in it that are not packed.
    private static void write(Path file, String version, int megabytes) throws Exception {
        try (var out = new ZipOutputStream(Files.newOutputStream(file));
                var in = new ZipInputStream(new ByteArrayInputStream(Plugin.version(version).jar()))) {
            for (ZipEntry entry; (entry = in.getNextEntry()) != null;) {
                out.putNextEntry(new ZipEntry(entry.getName()));
                in.transferTo(out);
            }
            out.setLevel(Deflater.NO_COMPRESSION);
            out.putNextEntry(new ZipEntry("ballast"));
            var ballast = new byte[MEGABYTE];
            for (int i = 0; i < megabytes; i++) {
                out.write(ballast);
            }
        }
    }

    @Test
    void aJarOfAHundredMegabytesTakesOverWhileItsExperimentTrains() throws Exception {
        laboratory.close();
        // However long it rests between two writes, it is in progress.
        laboratory = LiveLaboratory.start(home.resolve("patient"), Map.of(HotDeployments.QUIET, "300000"));
        laboratory.drop("drift.jar", Plugin.version("1.0.0").jar());
        laboratory.awaitActive("1.0.0");
        Experiment experiment = laboratory.train(home.resolve("run"), Long.MAX_VALUE);
        // As a user copies it: it grows in the folder.
        write(laboratory.folder().resolve("large.jar"), "2.0.0", 100);
        laboratory.awaitActive("2.0.0");
        assertEquals(Phase.RUNNING, experiment.status().phase());
        assertEquals(List.of(), laboratory.notes.stream().filter(note -> note.contains("large.jar")).toList());
        experiment.stop();
        experiment.await();
    }

    @Test
    void aJarThatIsDeletedOrReplacedWhileItIsReadLeavesNothing() throws Exception {
        laboratory.drop("drift.jar", Plugin.version("1.0.0").jar());
        laboratory.awaitActive("1.0.0");
        int bundles = laboratory.context().getBundles().length;
        Path prepared = home.resolve("prepared");
        write(prepared, "1.1.0", 8);
        byte[] large = Files.readAllBytes(prepared);
        for (int i = 0; i < 20; i++) {
            laboratory.drop("hasty.jar", large);
            LockSupport.parkNanos(i * 2_000_000L); // at another place each time
            Files.deleteIfExists(laboratory.folder().resolve("hasty.jar"));
        }
        LiveLaboratory.await("what was before; " + laboratory.notes, () -> laboratory.active("1.0.0")
                && of("hasty.jar").isEmpty() && laboratory.context().getBundles().length == bundles);
        for (int i = 1; i <= 20; i++) {
            write(prepared, "1.2." + i, 8);
            laboratory.drop("drift.jar", Files.readAllBytes(prepared));
            LockSupport.parkNanos(i * 2_000_000L);
        }
        laboratory.awaitActive("1.2.20");
        LiveLaboratory.await("one version; " + laboratory.notes,
                () -> laboratory.context().getBundles().length == bundles);
        assertEquals(List.of(), laboratory.notes);
    }

    @Test
    void linksAreFollowedAndWhatIsNoFileIsLeftOut() throws Exception {
        Path elsewhere = Files.write(home.resolve("built.jar"), Plugin.version("1.0.0").jar());
        Files.createSymbolicLink(laboratory.folder().resolve("link.jar"), elsewhere);
        Files.createSymbolicLink(laboratory.folder().resolve("lost.jar"), home.resolve("nowhere"));
        Files.createDirectory(laboratory.folder().resolve("folder.jar"));
        Files.write(laboratory.folder().resolve(".hidden.jar"), new byte[9]);
        laboratory.awaitActive("1.0.0");
        awaitReason("lost.jar", State.LEFT_OUT, "it is a link to nothing");
        awaitReason("folder.jar", State.LEFT_OUT, "it is a folder; put the jar itself there");
        assertTrue(of(".hidden.jar").isEmpty());
        // The next build writes where the link leads.
        Path built = Files.write(home.resolve("new.jar"), Plugin.version("1.1.0").jar());
        Files.move(built, elsewhere, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        laboratory.awaitActive("1.1.0");
        Files.move(laboratory.folder().resolve("folder.jar"), home.resolve("folder"));
        LiveLaboratory.await("nothing of the folder", () -> of("folder.jar").isEmpty());
    }

    @Test
    void aJarThatMayNotBeReadIsTakenWhenItMay() throws Exception {
        Path file = Files.write(home.resolve("drift.jar"), Plugin.version("1.0.0").jar());
        Assumptions.assumeTrue(file.toFile().setReadable(false) && !Files.isReadable(file), "root reads everything");
        Files.move(file, laboratory.folder().resolve("drift.jar"));
        awaitReason("drift.jar", State.LEFT_OUT, "it cannot be read: permission denied");
        assertTrue(laboratory.folder().resolve("drift.jar").toFile().setReadable(true));
        laboratory.awaitActive("1.0.0");
    }

    @Test
    void oddNamesAreOneLineEach() throws Exception {
        List<String> names = List.of("two words.jar", "-rf.jar", "it's; $(rm) `x` & \"y\".jar", "%s%n{0}.jar",
                "a\nb.jar",
                "\u001b[31m.jar", "..jar.jar", "n".repeat(251) + ".jar");
        for (String name : names) {
            Files.write(laboratory.folder().resolve(name), "no jar".getBytes());
        }
        LiveLaboratory.await("a line of each; " + laboratory.notes, () -> laboratory.deployments().bundles().stream()
                .filter(each -> each.state() == State.QUARANTINED).count() == names.size() - 1);
        for (DeployedBundle each : laboratory.deployments().bundles()) {
            assertTrue((each.name() + each.file() + each.reason()).chars().noneMatch(Character::isISOControl),
                    each.toString());
        }
        laboratory.drop("it's sound.jar", Plugin.version("1.0.0").jar());
        laboratory.awaitActive("1.0.0");
        assertEquals(1, laboratory.deployments().undeploy("it's sound.jar", laboratory.folder()).size());
    }

    @Test
    void takingOutWritesOverNoOtherJar() throws Exception {
        for (String version : new String[] {"1.0.0", "1.1.0"}) {
            write(laboratory.folder().resolve("same.jar"), version, 0);
            laboratory.deployments().undeploy("same.jar", laboratory.folder());
        }
        Path kept = laboratory.folder().resolve("undeployed");
        assertEquals("1.0.0", versionOf(kept.resolve("same.jar")));
        assertEquals("1.1.0", versionOf(kept.resolve("same-2.jar")));
    }

    private static String versionOf(Path file) throws Exception {
        try (var jar = new JarFile(file.toFile())) {
            return jar.getManifest().getMainAttributes().getValue("Bundle-Version");
        }
    }
}
