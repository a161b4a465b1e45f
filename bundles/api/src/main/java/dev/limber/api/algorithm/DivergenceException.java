package dev.limber.api.algorithm;

/// Learning has produced a number that is not finite. The message names the quantity, the update and what to try.
public class DivergenceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// @param message one line: "loss is NaN in update 312; try a smaller lr"
    public DivergenceException(String message) {
        super(message);
    }
}
