package dev.limber.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.deploy.DeployedBundle;
import dev.limber.api.deploy.DeployedBundle.State;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Signatures of real keys, made by the JDK's tools.
@Timeout(180)
class TrustTest {

    private static final Path TOOLS = Path.of(System.getProperty("java.home"), "bin");

    @TempDir
    private Path home;

    private static void tool(String name, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(TOOLS.resolve(name).toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), output);
    }

    private void key(String alias) throws Exception {
        tool("keytool", "-genkeypair", "-alias", alias, "-keyalg", "EC", "-dname", "CN=" + alias, "-validity", "2",
                "-keystore", home.resolve("keys.p12").toString(), "-storepass", "secret");
    }

    private byte[] signed(byte[] jar, String alias) throws Exception {
        Path file = Files.write(home.resolve(alias + ".jar"), jar);
        tool("jarsigner", "-keystore", home.resolve("keys.p12").toString(), "-storepass", "secret", file.toString(),
                alias);
        return Files.readAllBytes(file);
    }

    /// The jar with an entry changed or added.
    private static byte[] with(byte[] jar, String name, byte[] content) throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var in = new ZipInputStream(new ByteArrayInputStream(jar));
                var out = new ZipOutputStream(bytes)) {
            for (ZipEntry entry; (entry = in.getNextEntry()) != null;) {
                if (!entry.getName().equals(name)) {
                    out.putNextEntry(new ZipEntry(entry.getName()));
                    in.transferTo(out);
                }
            }
            out.putNextEntry(new ZipEntry(name));
            out.write(content);
        }
        return bytes.toByteArray();
    }

    @Test
    void withATrustStoreOnlyWhatATrustedKeySignedIsInstalled() throws Exception {
        key("friend");
        key("stranger");
        tool("keytool", "-exportcert", "-alias", "friend", "-file", home.resolve("friend.cer").toString(), "-keystore",
                home.resolve("keys.p12").toString(), "-storepass", "secret");
        Path store = home.resolve("trust.p12");
        tool("keytool", "-importcert", "-noprompt", "-alias", "friend", "-file", home.resolve("friend.cer").toString(),
                "-keystore", store.toString(), "-storepass", "secret");
        try (LiveLaboratory laboratory = LiveLaboratory.start(home,
                Map.of(Trust.STORE, store.toString(), Trust.PASSWORD, "secret"))) {
            byte[] sound = Plugin.version("1.0.0").jar();
            byte[] friendly = signed(sound, "friend");
            laboratory.drop("a.jar", sound);
            laboratory.drop("b.jar", signed(sound, "stranger"));
            laboratory.drop("c.jar", with(friendly, "OSGI-INF/drift.xml", "changed".getBytes()));
            laboratory.drop("d.jar", with(friendly, "added.txt", "added".getBytes()));
            laboratory.drop("e.jar", friendly);
            laboratory.awaitActive("1.0.0");
            LiveLaboratory.await("four in quarantine", () -> laboratory.deployments().bundles().stream()
                    .filter(each -> each.state() == State.QUARANTINED).count() == 4);
            List<String> reasons = laboratory.deployments().bundles().stream()
                    .filter(each -> each.state() == State.QUARANTINED).map(DeployedBundle::reason).toList();
            assertTrue(reasons.get(0).startsWith("it is not trusted: ") && reasons.get(0).endsWith(" is not signed"),
                    reasons.toString());
            assertTrue(reasons.get(1).endsWith(" is signed by CN=stranger, which is not in the trust store"),
                    reasons.toString());
            assertTrue(reasons.get(2).startsWith("its signature is wrong: "), reasons.toString());
            assertEquals("it is not trusted: added.txt is not signed", reasons.get(3));
            assertTrue(laboratory.deployments().trust().startsWith("only jars signed under the certificate in "));
        }
    }

    @Test
    void aTrustStoreThatCannotBeReadTrustsNobody() throws Exception {
        try (LiveLaboratory laboratory = LiveLaboratory.start(home,
                Map.of(Trust.STORE, home.resolve("missing.p12").toString()))) {
            laboratory.drop("a.jar", Plugin.version("1.0.0").jar());
            LiveLaboratory.await("quarantine", () -> laboratory.deployments().bundles().stream()
                    .anyMatch(each -> each.state() == State.QUARANTINED && each.reason().contains("not trusted")));
            assertTrue(laboratory.deployments().trust().startsWith("no jar is installed: "));
        }
    }
}
