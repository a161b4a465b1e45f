package dev.limber.deploy;

import dev.limber.api.plugin.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipFile;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/// Reads every entry of a jar before anybody runs anything of it.
final class Examination {

    /// Unpacked bytes of a jar. More is a mistake, or an attack.
    private static final long MOST_BYTES = 4L << 30;
    private static final int CLASS_MAGIC = 0xCAFEBABE;
    /// Class files of Java 1 have this version less one.
    private static final int FIRST_CLASS_VERSION = 44;

    private Examination() {}

    /// Examines a jar that nobody else writes to.
    ///
    /// @throws UsageException saying in one line what is wrong with it
    static Jar of(Path file, Trust trust) {
        requireZip(file);
        try (var jar = new JarFile(file.toFile(), true, ZipFile.OPEN_READ)) {
            Manifest manifest = jar.getManifest();
            if (manifest == null) {
                throw new UsageException("it is no OSGi bundle, it has no manifest");
            }
            readAll(jar, trust);
            return described(file, manifest.getMainAttributes());
        } catch (SecurityException tampered) {
            throw new UsageException("its signature is wrong: " + tampered.getMessage());
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new UsageException("it is no whole jar: " + firstLine(unreadable));
        }
    }

    /// Tells what never was a jar from one that is damaged.
    private static void requireZip(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] head = in.readNBytes(2);
            if (head.length == 2 && (head[0] != 'P' || head[1] != 'K')) {
                throw new UsageException("it is no jar");
            }
        } catch (IOException unreadable) {
            throw new UsageException("it cannot be read: " + firstLine(unreadable));
        }
    }

    private static String firstLine(Exception failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }

    private static void readAll(JarFile jar, Trust trust) throws IOException {
        var names = new HashSet<String>();
        var buffer = new byte[1 << 16];
        long total = 0;
        for (JarEntry entry : Collections.list(jar.entries())) {
            if (!names.add(entry.getName())) {
                throw new UsageException("it is no proper jar: " + entry.getName() + " is in it twice");
            }
            if (entry.isDirectory()) {
                continue;
            }
            try (InputStream in = jar.getInputStream(entry)) {
                int count = in.readNBytes(buffer, 0, 8);
                requireVersion(entry.getName(), buffer, count);
                for (; count > 0; count = in.read(buffer)) {
                    total += count;
                    if (total > MOST_BYTES) {
                        throw new UsageException("it is too large: it unpacks to more than " + (MOST_BYTES >> 30)
                                + " GiB");
                    }
                }
            }
            trust.require(entry.getName(), entry.getCodeSigners());
        }
    }

    private static void requireVersion(String name, byte[] head, int count) {
        if (!name.endsWith(".class") || name.startsWith("META-INF/")) {
            return;
        }
        int magic = count < 8 ? 0
                : (head[0] & 255) << 24 | (head[1] & 255) << 16 | (head[2] & 255) << 8 | head[3] & 255;
        if (magic != CLASS_MAGIC) {
            throw new UsageException(name + " is no class file");
        }
        int java = ((head[6] & 255) << 8 | head[7] & 255) - FIRST_CLASS_VERSION;
        if (java > Runtime.version().feature()) {
            throw new UsageException(name + " was compiled for Java " + java + ", this is Java "
                    + Runtime.version().feature());
        }
    }

    private static Jar described(Path file, Attributes manifest) throws IOException {
        String name = manifest.getValue(Constants.BUNDLE_SYMBOLICNAME);
        if (name == null || name.isBlank()) {
            throw new UsageException("it is no OSGi bundle, its manifest has no Bundle-SymbolicName");
        }
        String version = manifest.getValue(Constants.BUNDLE_VERSION);
        try {
            return new Jar(file, name.split(";")[0].strip(), Version.parseVersion(version), sha256(file));
        } catch (IllegalArgumentException wrong) {
            throw new UsageException("its Bundle-Version '" + version + "' is no version; write 1.2.3");
        }
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            var buffer = new byte[1 << 16];
            for (int count; (count = in.read(buffer)) > 0;) {
                digest.update(buffer, 0, count);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) { // every JDK has it
            throw new AssertionError(impossible);
        }
    }
}
