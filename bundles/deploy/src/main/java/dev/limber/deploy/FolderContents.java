package dev.limber.deploy;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/// The bundles in a folder, by their manifests alone.
record FolderContents(Path folder) {

    /// Those that can be read.
    List<Jar> jars() {
        var jars = new ArrayList<Jar>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
            for (Path file : files) {
                try (var jar = new JarFile(file.toFile(), false)) {
                    var manifest = jar.getManifest().getMainAttributes();
                    jars.add(new Jar(file, manifest.getValue(Constants.BUNDLE_SYMBOLICNAME).split(";")[0].strip(),
                            Version.parseVersion(manifest.getValue(Constants.BUNDLE_VERSION)), ""));
                } catch (IOException | RuntimeException noBundle) {
                    continue; // whoever watches the folder says what is wrong with it
                }
            }
        } catch (IOException noFolder) {
            return jars;
        }
        return jars;
    }
}
