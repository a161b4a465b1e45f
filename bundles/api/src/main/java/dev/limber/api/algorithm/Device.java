package dev.limber.api.algorithm;

/// Where the user wants learning to compute.
public enum Device {
    /// The CPU.
    CPU,
    /// A GPU. Where there is none, the algorithm says why through [AlgorithmContext#note] and uses the CPU.
    GPU,
    /// A GPU where there is one and it helps, else the CPU.
    AUTO
}
