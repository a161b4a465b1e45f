package dev.limber.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

/// The packages that bundles may import from the launcher's class path: those of DJL, FlatLaf, JavaCV, LWJGL and SLF4J.
final class LibraryPackages {

    private static final String[] EXPORTED = {"ai/djl/", "com/formdev/flatlaf/", "org/bytedeco/", "org/lwjgl/",
        "org/slf4j/"};

    private LibraryPackages() {}

    /// The value of `org.osgi.framework.system.packages.extra`, read from the jars on the class path of `limber.jar`.
    static String of(Iterable<Path> jars) {
        var exports = new TreeSet<String>();
        for (Path jar : jars) {
            try (var file = new JarFile(jar.toFile(), false)) {
                String version = version(file);
                file.stream().map(entry -> entry.getName()).filter(LibraryPackages::exported)
                        .map(name -> name.substring(0, name.lastIndexOf('/')).replace('/', '.') + version)
                        .forEach(exports::add);
            } catch (IOException failure) {
                throw new UncheckedIOException("cannot read " + jar, failure);
            }
        }
        return exports.stream().collect(Collectors.joining(","));
    }

    private static boolean exported(String entry) {
        if (entry.endsWith(".class")) {
            for (String prefix : EXPORTED) {
                if (entry.startsWith(prefix)) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Jars that are bundles are imported with the version they have; others, as DJL's, without.
    private static String version(JarFile jar) throws IOException {
        var manifest = jar.getManifest();
        Attributes attributes = manifest == null ? new Attributes() : manifest.getMainAttributes();
        String version = attributes.getValue("Bundle-Version");
        return version == null ? "" : ";version=\"" + version + "\"";
    }
}
