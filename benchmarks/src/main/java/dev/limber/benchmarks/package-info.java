/// JMH benchmarks, built into one runnable jar.
package dev.limber.benchmarks;
