package dev.limber.api.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionsTest {

    @interface Settings {
        double rate() default 0.5;

        float slope() default 1.5f;

        int rows() default 3;

        long steps() default 4;

        boolean quick() default false;

        String mode() default "plain";
    }

    @interface Required {
        int rows();
    }

    @interface Other {
        double rate() default 9;

        int rows() default 8;

        double share() default 0.25;
    }

    @Test
    void defaultsOfOneDeclarationHoldForAnother() {
        Options options = Options.of(Map.of("rows", 5)).withDefaults(Settings.class);
        Other view = options.as(Other.class);
        assertEquals(0.5, view.rate(), "declared, not set");
        assertEquals(5, view.rows(), "set");
        assertEquals(0.25, view.share(), "not declared");
    }

    @Test
    void viewAnswersDefaults() {
        Settings view = Options.defaults().as(Settings.class);
        assertEquals(0.5, view.rate());
        assertEquals(1.5f, view.slope());
        assertEquals(3, view.rows());
        assertEquals(4, view.steps());
        assertFalse(view.quick());
        assertEquals("plain", view.mode());
        assertEquals(Settings.class, view.annotationType());
        assertEquals(view, view);
    }

    @Test
    void viewAnswersWhatWasSet() {
        Settings view = Options
                .of(Map.of("rate", 0.25, "slope", 2f, "rows", 7, "steps", 8L, "quick", true, "mode", "x"))
                .as(Settings.class);
        assertEquals(0.25, view.rate());
        assertEquals(2f, view.slope());
        assertEquals(7, view.rows());
        assertEquals(8, view.steps());
        assertTrue(view.quick());
        assertEquals("x", view.mode());
    }

    @Test
    void viewConvertsNumbersThatFit() {
        Settings view = Options.of(Map.of("rate", 1, "slope", 2.5, "rows", 7L, "steps", 8, "mode", 5))
                .as(Settings.class);
        assertEquals(1.0, view.rate());
        assertEquals(2.5f, view.slope());
        assertEquals(7, view.rows());
        assertEquals(8, view.steps());
        assertEquals("5", view.mode());
    }

    @Test
    void valueOfAnotherTypeIsRefusedByName() {
        assertRefused("rate", "fast");
        assertRefused("rows", 1.5);
        assertRefused("rows", 3_000_000_000L);
        assertRefused("steps", 2.0);
        assertRefused("quick", 1);
    }

    private static void assertRefused(String name, Object value) {
        Options options = Options.defaults().with(name, value);
        var refusal = assertThrows(IllegalArgumentException.class, () -> options.as(Settings.class));
        assertTrue(refusal.getMessage().contains("'" + name + "'"), refusal.getMessage());
        assertTrue(refusal.getMessage().contains(value.toString()), refusal.getMessage());
    }

    @Test
    void optionWithoutDefaultMustBeSet() {
        var refusal = assertThrows(IllegalArgumentException.class, () -> Options.defaults().as(Required.class));
        assertTrue(refusal.getMessage().contains("'rows'"), refusal.getMessage());
        assertEquals(2, Options.defaults().with("rows", 2).as(Required.class).rows());
    }

    @Test
    void withLeavesTheOriginal() {
        Options original = Options.of(Map.of("rows", 1));
        Options changed = original.with("rows", 2);
        assertEquals(Map.of("rows", 1), original.values());
        assertEquals(Map.of("rows", 2), changed.values());
    }

    @Test
    void optionsAreImmutableAndKeepTheirOrder() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("z", 1);
        values.put("a", 2);
        Options options = Options.of(values);
        values.clear();
        assertEquals(List.of("z", "a"), List.copyOf(options.values().keySet()));
        assertThrows(UnsupportedOperationException.class, () -> options.values().clear());
    }

    @Test
    void optionsOfEqualValuesAreEqual() {
        assertEquals(Options.of(Map.of("rows", 1)), Options.defaults().with("rows", 1));
        assertEquals(Options.of(Map.of("rows", 1)).hashCode(), Options.defaults().with("rows", 1).hashCode());
    }
}
