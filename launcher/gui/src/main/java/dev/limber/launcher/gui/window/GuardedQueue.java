package dev.limber.launcher.gui.window;

import java.awt.AWTEvent;
import java.awt.Component;
import java.awt.EventQueue;
import java.awt.KeyboardFocusManager;
import java.awt.event.KeyEvent;
import java.awt.event.MouseEvent;
import java.util.Optional;
import java.util.function.BiConsumer;
import javax.swing.SwingUtilities;

/// Dispatches events, and tells which component was meant where that throws.
final class GuardedQueue extends EventQueue {

    private final BiConsumer<Optional<Component>, Throwable> failed;

    GuardedQueue(BiConsumer<Optional<Component>, Throwable> failed) {
        this.failed = failed;
    }

    @Override
    protected void dispatchEvent(AWTEvent event) {
        Optional<Component> target = target(event); // before what it does moves things
        try {
            super.dispatchEvent(event);
        } catch (RuntimeException | LinkageError | AssertionError failure) {
            failed.accept(target, failure);
        }
    }

    /// Puts the queue before back.
    void remove() {
        pop();
    }

    /// The system gives windows what happens, and they look for the component themselves.
    private static Optional<Component> target(AWTEvent event) {
        return switch (event) {
            case MouseEvent mouse when mouse.getID() != MouseEvent.MOUSE_MOVED ->
                    Optional.ofNullable(SwingUtilities.getDeepestComponentAt(mouse.getComponent(), mouse.getX(),
                            mouse.getY()));
            case KeyEvent _ ->
                    Optional.ofNullable(KeyboardFocusManager.getCurrentKeyboardFocusManager().getFocusOwner());
            default -> event.getSource() instanceof Component component ? Optional.of(component) : Optional.empty();
        };
    }
}
