package dev.limber.launcher.commandline;

import dev.limber.api.plugin.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The files of a plug-in's project, whole or not at all.
///
/// @param repository the Maven repository that has Limber's bundles
/// @param version of them there
record ProjectTemplate(String repository, String version) {

    /// Writes the project.
    ///
    /// @param folder which must not be there
    void write(ProjectKind kind, ProjectName name, Path folder) {
        var texts = new LinkedHashMap<String, String>();
        kind.files(name).forEach((file, template) -> texts.put(file, filled(kind, name, template)));
        if (Files.exists(folder)) {
            throw new UsageException("there is " + Paths.shown(folder) + " already; name another folder with --dir");
        }
        Path parent = folder.toAbsolutePath().normalize().getParent();
        try {
            Files.createDirectories(parent);
            Path growing = Files.createTempDirectory(parent, ".limber-new-");
            try {
                // A temporary folder is its owner's alone; the project has the permissions of any new folder.
                Path whole = Files.createDirectory(growing.resolve("project"));
                for (var text : texts.entrySet()) {
                    Path file = whole.resolve(text.getKey());
                    Files.createDirectories(file.getParent());
                    Files.writeString(file, text.getValue());
                }
                Files.move(whole, folder, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                delete(growing);
            }
        } catch (IOException failed) {
            throw new UsageException("the project cannot be written to " + Paths.shown(folder) + ": "
                    + failed.getClass().getSimpleName() + " " + failed.getMessage());
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private String filled(ProjectKind kind, ProjectName name, String template) {
        String text = text(template);
        if (template.endsWith(".java") && uses(text, name.className())) {
            throw new UsageException("'" + name.className() + "' is the name of a class that the project needs; take "
                    + "another, such as My" + name.className());
        }
        String toolkit = kind.toolkit().map(artifact -> text("toolkit.xml").replace("{{artifact}}", artifact))
                .orElse("");
        String filled = text.replace("{{toolkit}}", toolkit);
        for (var value : Map.of("name", name.plugin(), "class", name.className(), "package", name.packageName(),
                "limber.version", version, "limber.repository", repository).entrySet()) {
            filled = filled.replace("{{" + value.getKey() + "}}", value.getValue());
        }
        return filled;
    }

    /// True where a template's code has a word, so that a class of that name would hide what is meant.
    private static boolean uses(String text, String word) {
        String code = Pattern.compile("//.*|\"[^\"]*\"").matcher(text).replaceAll("");
        return Pattern.compile("\\b" + word + "\\b").matcher(code).find();
    }

    private static String text(String template) {
        try (InputStream in = ProjectTemplate.class.getResourceAsStream("project/" + template)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
