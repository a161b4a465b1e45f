package dev.limber.launcher.commandline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.plugin.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProjectTemplateTest {

    private static final ProjectTemplate TEMPLATE = new ProjectTemplate("file:///opt/limber/maven", "1.2.3-SNAPSHOT");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"SlipperyCart, slippery-cart, SlipperyCart, com.example.slipperycart",
        "slippery-cart, slippery-cart, SlipperyCart, com.example.slipperycart",
        "slipperyCart, slippery-cart, SlipperyCart, com.example.slipperycart",
        "MyA2C, my-a2c, MyA2C, com.example.mya2c", "A2CPlus, a2c-plus, A2CPlus, com.example.a2cplus",
        "Cart2, cart2, Cart2, com.example.cart2", "HTTPReward, http-reward, HTTPReward, com.example.httpreward",
        "Reacher-v1, reacher-v1, ReacherV1, com.example.reacherv1"})
    void allNamesFollowFromOne(String typed, String plugin, String className, String packageName) {
        assertEquals(new ProjectName(plugin, className, packageName), ProjectName.of(typed, Optional.empty()));
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsLeftToFillIn(ProjectKind kind) throws IOException {
        Path project = folder.resolve("made/there");
        TEMPLATE.write(kind, ProjectName.of("SlipperyCart", Optional.of("org.me.cart")), project);
        try (Stream<Path> files = Files.walk(project)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file);
                assertFalse(text.contains("{{") || text.contains("}}"), () -> file + ": " + text);
            }
        }
        assertTrue(Files.isRegularFile(project.resolve("src/main/java/org/me/cart/SlipperyCart.java")));
        assertTrue(Files.isRegularFile(project.resolve("src/test/java/org/me/cart/SlipperyCartTest.java")));
        String pom = Files.readString(project.resolve("pom.xml"));
        assertTrue(pom.contains("<limber.version>1.2.3-SNAPSHOT</") && pom.contains(">file:///opt/limber/maven<"), pom);
        assertEquals(List.of("there"), names(project.getParent()));
    }

    @Test
    void whatIsThereStays() throws IOException {
        Files.writeString(folder.resolve("swing"), "mine");
        var refusal = assertThrows(UsageException.class, () -> TEMPLATE.write(ProjectKind.REWARD,
                ProjectName.of("swing", Optional.empty()), folder.resolve("swing")));
        assertTrue(refusal.getMessage().contains("--dir"), refusal.getMessage());
        assertEquals("mine", Files.readString(folder.resolve("swing")));
        assertEquals(List.of("swing"), names(folder));
    }

    @ParameterizedTest
    @CsvSource({"ENVIRONMENT, Environment", "ENVIRONMENT, Override", "ALGORITHM, LinearPolicy", "ALGORITHM, State",
        "REWARD, Math", "REWARD, Settings"})
    void classesThatWouldHideOthersAreRefused(ProjectKind kind, String name) throws IOException {
        var refusal = assertThrows(UsageException.class,
                () -> TEMPLATE.write(kind, ProjectName.of(name, Optional.empty()), folder.resolve("it")));
        assertTrue(refusal.getMessage().contains("My" + name), refusal.getMessage());
        assertEquals(List.of(), names(folder));
    }

    @Test
    void whereNothingCanBeWrittenNothingIsLeft() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThrows(UsageException.class, () -> TEMPLATE.write(ProjectKind.REWARD,
                ProjectName.of("swing", Optional.empty()), file.resolve("swing")));
        assertEquals(List.of("file"), names(folder));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
