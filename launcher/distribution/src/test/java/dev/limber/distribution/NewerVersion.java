package dev.limber.distribution;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/// Bundles that came with Limber, as other versions of themselves.
final class NewerVersion {

    private static final Path HOME = Path.of(System.getProperty("limber.home"));

    private NewerVersion() {}

    /// Writes a copy of a bundle that has another version.
    static Path of(String bundle, String version, Path folder) throws IOException {
        Path jar = folder.resolve(bundle + "-" + version + ".jar");
        Path original;
        try (var files = Files.walk(HOME.resolve("bundles"))) {
            original = files.filter(file -> file.getFileName().toString().startsWith(bundle + "-")).findFirst()
                    .orElseThrow();
        }
        try (var in = new JarFile(original.toFile())) {
            Manifest manifest = in.getManifest();
            manifest.getMainAttributes().putValue("Bundle-Version", version);
            try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
                for (var entry : in.stream().filter(each -> !each.getName().equals(JarFile.MANIFEST_NAME)).toList()) {
                    out.putNextEntry(new ZipEntry(entry.getName()));
                    try (InputStream bytes = in.getInputStream(entry)) {
                        bytes.transferTo(out);
                    }
                    out.closeEntry();
                }
            }
        }
        return jar;
    }
}
