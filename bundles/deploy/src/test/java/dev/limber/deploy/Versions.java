package dev.limber.deploy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/// Other versions of bundles.
final class Versions {

    private Versions() {}

    /// The same bundle with another version.
    static byte[] raised(byte[] jar, String version) throws IOException {
        return with(jar, "Bundle-Version", version);
    }

    /// The same bundle with another symbolic name.
    static byte[] renamed(byte[] jar, String name) throws IOException {
        return with(jar, "Bundle-SymbolicName", name);
    }

    private static byte[] with(byte[] jar, String header, String value) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var in = new JarInputStream(new ByteArrayInputStream(jar))) {
            var manifest = new Manifest(in.getManifest());
            manifest.getMainAttributes().put(new Attributes.Name(header), value);
            try (var out = new JarOutputStream(bytes, manifest)) {
                for (JarEntry entry; (entry = in.getNextJarEntry()) != null;) {
                    out.putNextEntry(new JarEntry(entry.getName()));
                    in.transferTo(out);
                    out.closeEntry();
                }
            }
        }
        return bytes.toByteArray();
    }
}
