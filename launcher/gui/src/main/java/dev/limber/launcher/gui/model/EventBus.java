package dev.limber.launcher.gui.model;

import java.awt.EventQueue;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Delivers events on the EDT, in the order in which they were published.
public final class EventBus {

    private final List<Subscription<?>> subscriptions = new CopyOnWriteArrayList<>();

    private record Subscription<E>(Object owner, Class<E> type, Consumer<? super E> listener,
            Consumer<Throwable> failed) {

        void deliver(Object event) {
            if (type.isInstance(event)) {
                try {
                    listener.accept(type.cast(event));
                } catch (RuntimeException | LinkageError | AssertionError failure) { // of a panel; others still hear
                    failed.accept(failure);
                }
            }
        }
    }

    /// Listens until [#end].
    ///
    /// @param owner whose subscription it is
    /// @param failed hears what the listener throws
    public <E> void on(Object owner, Class<E> event, Consumer<? super E> listener, Consumer<Throwable> failed) {
        subscriptions.add(new Subscription<>(owner, event, listener, failed));
    }

    /// Ends all subscriptions of an owner.
    public void end(Object owner) {
        subscriptions.removeIf(subscription -> subscription.owner() == owner);
    }

    /// Publishes an event. Any thread.
    public void publish(Object event) {
        EventQueue.invokeLater(() -> {
            for (Subscription<?> subscription : subscriptions) {
                if (subscriptions.contains(subscription)) { // a listener before may have ended it
                    subscription.deliver(event);
                }
            }
        });
    }
}
