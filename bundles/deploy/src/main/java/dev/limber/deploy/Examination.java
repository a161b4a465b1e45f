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
import java.util.Locale;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipFile;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/// Reads every entry of a jar before anybody runs anything of it.
final class Examination {

    /// Unpacked bytes of a jar. More is a mistake, or an attack.
    private static final long MOST_BYTES = 1L << 30;
    private static final int CLASS_MAGIC = 0xCAFEBABE;
    /// Class files of Java 1 have this version less one.
    private static final int FIRST_CLASS_VERSION = 44;

    private static final Pattern SINGLETON = Pattern.compile(";\\s*singleton\\s*:=\\s*\"?\\s*true\\b");

    private final JarFile jar;
    private final Trust trust;

    private Examination(JarFile jar, Trust trust) {
        this.jar = jar;
        this.trust = trust;
    }

    /// Examines a jar that nobody else writes to.
    ///
    /// @throws UsageException saying in one line what is wrong with it
    static Jar of(Path file, Trust trust) {
        trust.hindrance().ifPresent(hindrance -> {
            throw new UsageException(hindrance);
        });
        try {
            EndRecord.require(file);
        } catch (IOException unreadable) {
            throw new UsageException("it cannot be read: " + firstLine(unreadable));
        }
        try (var jar = new JarFile(file.toFile(), true, ZipFile.OPEN_READ)) {
            return new Examination(jar, trust).examined(file);
        } catch (SecurityException tampered) {
            throw new UsageException("its signature is wrong: " + firstLine(tampered));
        } catch (IOException | IllegalArgumentException unreadable) {
            throw damaged(firstLine(unreadable));
        }
    }

    private static UsageException damaged(String how) {
        return new UsageException("it is no whole jar: " + how + "; build or copy it again");
    }

    private static String firstLine(Exception failure) {
        return failure.getMessage() == null
                ? failure.getClass().getSimpleName()
                : Failures.oneLine(failure.getMessage());
    }

    private Jar examined(Path file) throws IOException {
        Set<String> names = names();
        readAll();
        Manifest manifest = manifest();
        trust.requireWhole(jar, manifest, names);
        return described(file, manifest.getMainAttributes());
    }

    private Set<String> names() {
        var names = new HashSet<String>();
        var folded = new HashSet<String>();
        long total = 0;
        for (JarEntry entry : Collections.list(jar.entries())) {
            String name = entry.getName();
            // Whose manifest counts must not depend on who reads it.
            boolean once = folded.add(name.toUpperCase(Locale.ROOT).startsWith("META-INF/")
                    ? name.toUpperCase(Locale.ROOT)
                    : name);
            if (!once) {
                throw new UsageException("it is no proper jar: " + name + " is in it twice");
            }
            names.add(name);
            total += Math.max(0, entry.getSize());
        }
        requireSize(total);
        return names;
    }

    private static void requireSize(long bytes) {
        if (bytes > MOST_BYTES) {
            throw new UsageException("it is too large: it unpacks to more than " + (MOST_BYTES >> 30) + " GiB");
        }
    }

    private void readAll() throws IOException {
        var buffer = new byte[1 << 16];
        long total = 0;
        for (JarEntry entry : Collections.list(jar.entries())) {
            var sum = new CRC32();
            long size = 0;
            try (InputStream in = jar.getInputStream(entry)) {
                int count = in.readNBytes(buffer, 0, 8);
                requireVersion(entry.getName(), buffer, count);
                for (; count > 0; count = in.read(buffer)) {
                    sum.update(buffer, 0, count);
                    size += count;
                    requireSize(total + size);
                }
            } catch (IOException | IllegalArgumentException packing) {
                throw damaged(entry.getName() + " cannot be unpacked (" + firstLine(packing) + ")");
            }
            // The JDK checks sums only where it reads a ZIP file as a stream.
            if (entry.getCrc() != sum.getValue() || entry.getSize() != size) {
                throw damaged(entry.getName() + " is not what its check sum says");
            }
            total += size;
            if (!entry.isDirectory()) {
                trust.require(entry.getName(), entry.getCodeSigners());
            }
        }
    }

    private Manifest manifest() throws IOException {
        Manifest manifest;
        try {
            manifest = jar.getManifest();
        } catch (IOException | IllegalArgumentException wrong) {
            throw new UsageException("its manifest is wrong: " + firstLine(wrong));
        }
        if (manifest == null) {
            throw new UsageException("it is no OSGi bundle, it has no manifest");
        }
        return manifest;
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
                    + Runtime.version().feature() + "; compile it with --release " + Runtime.version().feature());
        }
    }

    private static Jar described(Path file, Attributes manifest) throws IOException {
        String name = manifest.getValue(Constants.BUNDLE_SYMBOLICNAME);
        if (name == null || name.isBlank()) {
            throw new UsageException("it is no OSGi bundle, its manifest has no Bundle-SymbolicName");
        }
        if (SINGLETON.matcher(name).find()) {
            throw new UsageException(
                    "its Bundle-SymbolicName says singleton:=true, so that no new version could be tried "
                            + "beside the one that runs; take that directive out");
        }
        name = name.split(";")[0].strip();
        if (!name.matches("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*")) {
            throw new UsageException("its Bundle-SymbolicName '" + name + "' is no name; write com.example.name");
        }
        String generation = manifest.getValue(Constants.BUNDLE_MANIFESTVERSION);
        if (generation == null || !generation.strip().equals("2")) {
            throw new UsageException("its manifest has "
                    + (generation == null ? "no Bundle-ManifestVersion" : "Bundle-ManifestVersion " + generation)
                    + "; write Bundle-ManifestVersion: 2");
        }
        if (manifest.getValue(Constants.FRAGMENT_HOST) != null) {
            throw new UsageException("it is a fragment, which cannot be deployed while its host runs");
        }
        String version = manifest.getValue(Constants.BUNDLE_VERSION);
        try {
            return new Jar(file, name, Version.parseVersion(version), sha256(file));
        } catch (IllegalArgumentException wrong) {
            throw new UsageException("its Bundle-Version '" + version + "' is no version; write 1.2.3");
        }
    }

    static String sha256(Path file) throws IOException {
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
