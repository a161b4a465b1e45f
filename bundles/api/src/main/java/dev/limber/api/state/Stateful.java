package dev.limber.api.state;

/// Something whose state can be taken out and put into another instance, of the same or a newer version.
///
/// Going on after [#save] and going on in another instance after [#restore] give the same results, bit for bit on
/// one thread.
public interface Stateful {

    /// The whole state, as JDK types alone. The state is the caller's: later changes of this object do not show in it,
    /// except for [State#share shared] memory.
    State save();

    /// Takes over a state.
    ///
    /// @throws IncompatibleStateException where schema, version, names or lengths do not fit; this object is then unchanged
    void restore(State state);
}
