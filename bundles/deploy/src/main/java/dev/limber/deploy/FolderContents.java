package dev.limber.deploy;

import dev.limber.api.plugin.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/// The bundles in a folder, by their manifests alone.
record FolderContents(Path folder) {

    /// Those that can be read.
    List<Jar> jars() {
        var jars = new ArrayList<Jar>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, FileNames::watched)) {
            for (Path file : files) {
                // Unlike a JarFile a file system takes names that this process's locale cannot write.
                try (FileSystem zip = FileSystems.newFileSystem(file);
                        InputStream in = Files.newInputStream(zip.getPath(JarFile.MANIFEST_NAME))) {
                    var manifest = new Manifest(in).getMainAttributes();
                    jars.add(new Jar(file, manifest.getValue(Constants.BUNDLE_SYMBOLICNAME).split(";")[0].strip(),
                            Version.parseVersion(manifest.getValue(Constants.BUNDLE_VERSION)), ""));
                } catch (IOException | RuntimeException noBundle) {
                    continue; // whoever watches the folder says what is wrong with it
                }
            }
        } catch (IOException | DirectoryIteratorException noFolder) {
            return jars;
        }
        return jars;
    }

    /// Puts a jar there in one step.
    ///
    /// @param jar a copy of it
    /// @param file what it is called; it is named after its bundle where that name will not do
    /// @param older true where it is to replace a newer version
    /// @return where it lies now
    Path put(Jar jar, Path file, boolean older) throws IOException {
        List<Jar> versions = jars().stream().filter(there -> there.name().equals(jar.name()))
                .sorted(Comparator.comparing(Jar::version).reversed()).toList();
        List<Jar> newer = versions.stream().filter(there -> there.version().compareTo(jar.version()) > 0).toList();
        if (!newer.isEmpty() && !older) {
            throw new UsageException(jar.name() + " " + jar.version() + " is older than " + newer.getFirst().version()
                    + " in " + FileNames.shown(newer.getFirst().file()) + "; deploy it with --older to go back");
        }
        // In the place of the newest or of an equal one in one step, so that nothing has to wait in between.
        Path place = versions.stream().filter(there -> there.version().compareTo(jar.version()) >= 0).findFirst()
                .map(Jar::file).orElseGet(() -> place(jar, file, versions.stream().map(Jar::file).toList()));
        Files.createDirectories(folder);
        Path arriving = folder.resolve("." + ProcessHandle.current().pid() + ".arriving");
        Files.copy(jar.file(), arriving, StandardCopyOption.REPLACE_EXISTING);
        Files.move(arriving, place, StandardCopyOption.ATOMIC_MOVE);
        for (Jar there : newer) {
            if (!there.file().equals(place)) {
                putAside(there.file());
            }
        }
        return place;
    }

    /// Where a jar goes: under its own name, unless nobody looks at files of that name or it is another bundle's.
    ///
    /// @param own files that hold other versions of it
    private Path place(Jar jar, Path file, List<Path> own) {
        Path named = folder.resolve(jar.name() + "-" + jar.version() + ".jar");
        return Stream.of(folder.resolve(file.getFileName()), named).filter(FileNames::watched)
                .filter(place -> Files.notExists(place) || own.contains(place)).findFirst()
                .orElseThrow(() -> new UsageException(FileNames.shown(named) + " in " + folder
                        + " holds something else; take it away, or give " + FileNames.shown(file) + " another name"));
    }

    /// Another jar that lies there under that name stays.
    private Path putAside(Path file) throws IOException {
        Path undeployed = Files.createDirectories(folder.resolve("undeployed"));
        String name = file.getFileName().toString();
        Path kept = undeployed.resolve(name);
        for (int i = 2; Files.exists(kept) && Files.mismatch(kept, file) >= 0; i++) {
            kept = undeployed.resolve(name.replaceFirst("(\\.jar)?$", "-" + i + "$1"));
        }
        return Files.move(file, kept, StandardCopyOption.REPLACE_EXISTING);
    }

    /// Takes all versions of a bundle out, and keeps them in the folder `undeployed`.
    ///
    /// @param name its symbolic name, or the name of its file
    List<Path> takeOut(String name) throws IOException {
        var removed = new ArrayList<Path>();
        List<Jar> jars = jars();
        for (Jar there : jars) {
            if (there.name().equals(name) || there.file().getFileName().toString().equals(name)) {
                removed.add(putAside(there.file()));
            }
        }
        if (removed.isEmpty()) {
            List<String> names = jars.stream().map(Jar::name).distinct().sorted().toList();
            throw new UsageException("there is no bundle " + name + " in " + folder + "; it has "
                    + (names.isEmpty() ? "none" : String.join(", ", names)));
        }
        return removed;
    }
}
