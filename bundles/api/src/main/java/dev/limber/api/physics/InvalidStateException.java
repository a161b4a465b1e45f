package dev.limber.api.physics;

/// A simulation has left the finite numbers. The message names the body and the quantity.
public class InvalidStateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// @param message one line: "velocity of 'pole' is NaN after step 812"
    public InvalidStateException(String message) {
        super(message);
    }
}
