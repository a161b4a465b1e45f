package dev.limber.robot.teleoperation;

import dev.limber.api.plugin.Options;
import dev.limber.api.plugin.Plugin;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.robot.RobotSpec.Joint;
import dev.limber.api.session.Controller;
import dev.limber.api.session.ControllerFactory;
import dev.limber.api.session.RobotSession;
import org.lwjgl.glfw.GLFW;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/// A person at the keyboard.
@Component
@Plugin(name = "keyboard", description = "A person at the keyboard: q/a, w/s, e/d ... move joints, space stops")
@Designate(ocd = KeyboardControllerFactory.Settings.class)
public final class KeyboardControllerFactory implements ControllerFactory {

    /// Options.
    @ObjectClassDefinition
    public @interface Settings {

        /// Where keys come from.
        @AttributeDefinition(description = "terminal (a held key moves), or window (keys move while shift is held; needs a display)", options = {
            @Option(label = "terminal", value = "terminal"), @Option(label = "window", value = "window")})
        String keys() default "terminal";

        /// The speed.
        @AttributeDefinition(description = "part of the greatest velocity with which a key moves its joint", min = "0.01", max = "1")
        double speed() default 0.2;
    }

    @Override
    public Controller create(RobotSession session, Options options) {
        Settings settings = options.as(Settings.class);
        Operator operator = switch (settings.keys()) {
            case "terminal" -> new TerminalKeyboard(System.in, RawTerminal.begin(), System::nanoTime,
                    session::emergencyStop);
            case "window" -> {
                if (!GlfwLibrary.hasDisplay()) {
                    throw new UsageException("there is no display for a window; set keys=terminal");
                }
                yield new WindowKeyboard(GLFW.GLFW_ANY_PLATFORM,
                        "shift: " + KeyMap.explain(session.robot().joints().stream().map(Joint::name).toList()),
                        session::emergencyStop);
            }
            default -> throw new UsageException("keys come from the terminal or a window, not from " + settings.keys());
        };
        return TeleoperationController.of(operator, session, settings.speed());
    }
}
