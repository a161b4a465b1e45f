package dev.limber.launcher;

/// Start levels the launcher goes up to. Which bundle has which level is said by the folder it lies in, `bundles/NN`.
public final class StartLevel {

    /// Everything but the window and the shell.
    public static final int COMMANDS = 50;

    /// Everything but the shell.
    public static final int GUI = 55;

    /// Everything.
    public static final int SHELL = 60;

    private StartLevel() {}
}
