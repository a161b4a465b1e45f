package dev.limber.experiment;

/// Where something goes wrong: on the copy that is tried first, or only in the experiment itself.
enum Stage {
    REHEARSAL, EXPERIMENT;

    boolean here() {
        return Thread.currentThread().getName().equals("limber-rehearsal") == (this == REHEARSAL);
    }
}
