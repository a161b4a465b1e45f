package dev.limber.learning.replay;

import java.lang.management.ManagementFactory;
import java.util.List;

/// How much memory off the heap the JVM gives.
final class DirectMemory {

    private static final String OPTION = "-XX:MaxDirectMemorySize=";

    private DirectMemory() {}

    /// The most there can be in this JVM [bytes].
    static long limit() {
        return limit(ManagementFactory.getRuntimeMXBean().getInputArguments(), Runtime.getRuntime().maxMemory());
    }

    /// The most there can be in a JVM.
    ///
    /// @param arguments that it was started with
    /// @param heap the greatest size of its heap, which is the limit where no argument says otherwise [bytes]
    static long limit(List<String> arguments, long heap) {
        long limit = 0;
        for (String argument : arguments) {
            if (argument.startsWith(OPTION)) {
                limit = bytes(argument.substring(OPTION.length())); // of several the JVM takes the last
            }
        }
        return limit == 0 ? heap : limit;
    }

    private static long bytes(String text) {
        int digits = 0;
        while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
            digits++;
        }
        int shift = switch (text.substring(digits)) {
            case "k", "K" -> 10;
            case "m", "M" -> 20;
            case "g", "G" -> 30;
            case "t", "T" -> 40;
            default -> 0;
        };
        return Long.parseLong(text.substring(0, digits)) << shift;
    }
}
