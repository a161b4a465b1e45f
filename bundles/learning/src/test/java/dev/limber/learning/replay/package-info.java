/// Replay memories held against lists of objects.
package dev.limber.learning.replay;
