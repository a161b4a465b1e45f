package dev.limber.experiment.loop;

import java.util.Map;

/// Hears what is found out about a policy.
interface Findings {

    /// Something belongs in the journal, and before the user.
    ///
    /// @param event what it is: "evaluation"
    /// @param details more about it, for the journal
    /// @param told the same in a sentence; empty where it is for the journal alone
    void found(String event, Map<String, ?> details, String told);
}
