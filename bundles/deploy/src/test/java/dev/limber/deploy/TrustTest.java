package dev.limber.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.deploy.DeployedBundle;
import dev.limber.api.deploy.DeployedBundle.State;
import dev.limber.api.plugin.UsageException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
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
@Timeout(400)
class TrustTest {

    private static final String UNREADABLE = "no jar is installed: the trust store ";

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

    /// Has keytool do something with the keys.
    private void keys(String command, String... arguments) throws Exception {
        var all = new ArrayList<>(List.of(command, "-keystore", home.resolve("keys.p12").toString(), "-storepass",
                "secret"));
        all.addAll(List.of(arguments));
        tool("keytool", all.toArray(String[]::new));
    }

    private void key(String alias, String... more) throws Exception {
        var arguments = new ArrayList<>(List.of("-alias", alias, "-keyalg", "EC", "-dname", "CN=" + alias));
        arguments.addAll(more.length == 0 ? List.of("-validity", "2") : List.of(more));
        keys("-genkeypair", arguments.toArray(String[]::new));
    }

    /// A trust store with the certificates of keys.
    private Path trusting(String... aliases) throws Exception {
        Path store = home.resolve("trust.p12");
        for (String alias : aliases) {
            Path certificate = home.resolve(alias + ".cer");
            keys("-exportcert", "-alias", alias, "-file", certificate.toString());
            tool("keytool", "-importcert", "-noprompt", "-alias", alias, "-file", certificate.toString(), "-keystore",
                    store.toString(), "-storepass", "secret");
        }
        return store;
    }

    private byte[] signed(byte[] jar, String alias, String... options) throws Exception {
        Path file = Files.write(home.resolve(alias + ".jar"), jar);
        var arguments = new ArrayList<>(List.of("-keystore", home.resolve("keys.p12").toString(), "-storepass",
                "secret"));
        arguments.addAll(List.of(options));
        arguments.addAll(List.of(file.toString(), alias));
        tool("jarsigner", arguments.toArray(String[]::new));
        return Files.readAllBytes(file);
    }

    /// The jar without an entry.
    private static byte[] without(byte[] jar, String name) throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ZipOutputStream(bytes)) {
            copy(jar, name, out);
        }
        return bytes.toByteArray();
    }

    private static void copy(byte[] jar, String but, ZipOutputStream out) throws Exception {
        try (var in = new ZipInputStream(new ByteArrayInputStream(jar))) {
            for (ZipEntry entry; (entry = in.getNextEntry()) != null;) {
                if (!entry.getName().equals(but)) {
                    out.putNextEntry(new ZipEntry(entry.getName()));
                    in.transferTo(out);
                }
            }
        }
    }

    /// The jar with an entry changed or added.
    private static byte[] with(byte[] jar, String name, byte[] content) throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ZipOutputStream(bytes)) {
            copy(jar, name, out);
            out.putNextEntry(new ZipEntry(name));
            out.write(content);
        }
        return bytes.toByteArray();
    }

    @Test
    void withATrustStoreOnlyWhatATrustedKeySignedIsInstalled() throws Exception {
        key("friend");
        key("stranger");
        Path store = trusting("friend");
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
    void whatIsSignedInPartOrByACertificateOfNoUseIsRefused() throws Exception {
        key("friend");
        key("past", "-startdate", "-10d", "-validity", "3");
        key("authority", "-ext", "bc:c");
        key("server");
        issue("server", "eku=serverAuth");
        key("author");
        issue("author", "eku=codeSigning");
        Path store = trusting("friend", "past", "authority");
        byte[] sound = Plugin.version("1.0.0").jar();
        byte[] friendly = signed(sound, "friend");
        String twice = new String(with(friendly, "OSGI-INF/drift.xmx", "changed".getBytes()),
                StandardCharsets.ISO_8859_1).replace("drift.xmx", "drift.xml");
        Map<String, byte[]> jars = Map.of(
                "it is not trusted: OSGI-INF/drift.xml was signed and is missing",
                without(friendly, "OSGI-INF/drift.xml"),
                "it is not trusted: its manifest is not the one that META-INF/FRIEND.SF was made for",
                signed(sound, "friend", "-sectionsonly"),
                "it is no proper jar: OSGI-INF/drift.xml is in it twice",
                twice.getBytes(StandardCharsets.ISO_8859_1),
                "is signed by CN=past, whose certificate is valid from ",
                signed(sound, "past"),
                "is signed by CN=server, whose certificate is not for signing code",
                signed(sound, "server"));
        try (LiveLaboratory laboratory = LiveLaboratory.start(home,
                Map.of(Trust.STORE, store.toString(), Trust.PASSWORD, "secret"))) {
            for (var jar : jars.entrySet()) {
                laboratory.drop("a.jar", jar.getValue());
                LiveLaboratory.await(jar.getKey() + "; " + laboratory.notes, () -> laboratory.deployments().bundles()
                        .stream().anyMatch(each -> each.state() == State.QUARANTINED
                                && each.reason().contains(jar.getKey()))
                        && Files.notExists(laboratory.folder().resolve("a.jar")));
            }
            laboratory.drop("a.jar", signed(sound, "author"));
            laboratory.awaitActive("1.0.0");
        }
    }

    /// Has the authority issue a certificate for a key.
    private void issue(String alias, String extension) throws Exception {
        String request = home.resolve(alias + ".csr").toString();
        String certificate = home.resolve(alias + ".issued").toString();
        keys("-certreq", "-alias", alias, "-file", request);
        keys("-gencert", "-alias", "authority", "-infile", request, "-outfile", certificate, "-ext", extension,
                "-validity", "2");
        keys("-importcert", "-noprompt", "-alias", alias, "-file", certificate);
    }

    @Test
    void aTrustStoreThatCannotBeReadTrustsNobodyAndLeavesJarsWhereTheyAre() throws Exception {
        key("friend");
        Map<String, String> mistyped = Map.of(Trust.STORE, trusting("friend").toString(), Trust.PASSWORD, "secrets");
        Path jar;
        try (LiveLaboratory laboratory = LiveLaboratory.start(home, mistyped)) {
            byte[] signed = signed(Plugin.version("1.0.0").jar(), "friend");
            laboratory.drop("a.jar", signed);
            jar = laboratory.folder().resolve("a.jar");
            LiveLaboratory.await("that it is left out", () -> laboratory.deployments().bundles().stream()
                    .anyMatch(each -> each.state() == State.LEFT_OUT && each.reason().startsWith(UNREADABLE)));
            assertTrue(laboratory.deployments().trust().startsWith(UNREADABLE));
            assertFalse(laboratory.active("1.0.0"));
            Path another = Files.write(home.resolve("b.jar"), signed);
            assertTrue(assertThrows(UsageException.class, () -> laboratory.deployments().examine(another)).getMessage()
                    .contains(UNREADABLE));
        }
        assertTrue(Files.exists(jar));
    }
}
