package dev.limber.robot.teleoperation;

import dev.limber.api.plugin.Options;
import dev.limber.api.plugin.Plugin;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.session.Controller;
import dev.limber.api.session.ControllerFactory;
import dev.limber.api.session.RobotSession;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.lwjgl.glfw.GLFW;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/// A person with a gamepad.
@Component
@Plugin(name = "gamepad", description = "A person with a gamepad: sticks move joints while the dead-man button is held")
@Designate(ocd = GamepadControllerFactory.Settings.class)
public final class GamepadControllerFactory implements ControllerFactory {

    private static final Path DEVICES = Path.of("/dev/input");
    private static final List<String> BUTTONS = List.of("a", "b", "x", "y", "lb", "rb", "back", "start");

    /// Options.
    @ObjectClassDefinition
    public @interface Settings {

        /// Where the gamepad is.
        @AttributeDefinition(description = "auto, glfw (needs a display) or a joystick device of Linux: /dev/input/js0")
        String device() default "auto";

        /// The dead zone.
        @AttributeDefinition(description = "deflection of a stick that is none yet", min = "0", max = "0.9")
        double deadZone() default 0.1;

        /// The speed.
        @AttributeDefinition(description = "part of the greatest velocity at full deflection", min = "0.01", max = "1")
        double speed() default 0.5;

        /// The dead-man button.
        @AttributeDefinition(description = "button that must be held for anything to move", options = {
            @Option(label = "a", value = "a"), @Option(label = "b", value = "b"), @Option(label = "x", value = "x"),
            @Option(label = "y", value = "y"), @Option(label = "lb", value = "lb"), @Option(label = "rb", value = "rb"),
            @Option(label = "back", value = "back"), @Option(label = "start", value = "start")})
        String deadMan() default "rb";

        /// The stop button.
        @AttributeDefinition(description = "button that stops at once", options = {
            @Option(label = "a", value = "a"), @Option(label = "b", value = "b"), @Option(label = "x", value = "x"),
            @Option(label = "y", value = "y"), @Option(label = "lb", value = "lb"), @Option(label = "rb", value = "rb"),
            @Option(label = "back", value = "back"), @Option(label = "start", value = "start")})
        String stop() default "b";
    }

    @Override
    public Controller create(RobotSession session, Options options) {
        Settings settings = options.as(Settings.class);
        int deadMan = BUTTONS.indexOf(settings.deadMan());
        int stop = BUTTONS.indexOf(settings.stop());
        if (deadMan < 0 || stop < 0 || deadMan == stop) {
            throw new UsageException("deadMan and stop must be two of " + String.join(", ", BUTTONS) + ", not "
                    + settings.deadMan() + " and " + settings.stop());
        }
        var operator = new GamepadOperator(open(settings.device()), settings.deadZone(), deadMan, stop,
                session::emergencyStop);
        return TeleoperationController.of(operator, session, settings.speed());
    }

    private static Gamepad open(String device) {
        return switch (device) {
            case "auto" ->
                    GlfwLibrary.hasDisplay() ? GlfwGamepad.open(GLFW.GLFW_ANY_PLATFORM) : JoystickFile.open(first());
            case "glfw" -> GlfwGamepad.open(GLFW.GLFW_ANY_PLATFORM);
            default -> JoystickFile.open(Path.of(device));
        };
    }

    private static Path first() {
        if (Files.isDirectory(DEVICES)) {
            try (DirectoryStream<Path> devices = Files.newDirectoryStream(DEVICES, "js*")) {
                for (Path device : devices) {
                    return device;
                }
            } catch (IOException unreadable) {
                // As if there were none.
            }
        }
        throw new UsageException("no gamepad is plugged in: there is no display to ask, and no " + DEVICES + "/js*");
    }
}
