package dev.limber.api.watch;

import java.util.Optional;

/// A look at something that runs. For one thread at a time.
public interface Watch extends AutoCloseable {

    /// What the next sample to be read shows; another object after a swap.
    Subject subject();

    /// Takes the oldest sample that has not been read.
    ///
    /// @param target receives it, where it is of the same [#subject]
    /// @return false where there is none, or `target` is of another subject than the one to be read next
    boolean read(Sample target);

    /// Samples that were left out since nobody read the ones before.
    long lost();

    /// Pulls a body from the next step on until told otherwise; empty to let go. Does nothing where
    /// [bodies cannot be pushed][Subject#pushable].
    void pull(Optional<Pull> pull);

    /// True until what is watched has ended. What it left can still be read.
    boolean live();

    /// Looks no longer, and lets go. Further calls do nothing.
    @Override
    void close();
}
